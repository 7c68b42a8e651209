"""Reading the files that people have: PEM, DER, PKCS#8, PKCS#12, PKCS#7."""
