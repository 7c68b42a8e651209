// A mutual-TLS server on Go's own TLS stack: says in JSON whom and what it saw.
//
//	server CHAIN KEY ROOT
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
)

func main() {
	root, err := os.ReadFile(os.Args[3])
	if err != nil {
		panic(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(root)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println("port", listener.Addr().(*net.TCPAddr).Port)
	server := &http.Server{
		Handler:   http.HandlerFunc(saw),
		TLSConfig: &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool},
	}
	panic(server.ServeTLS(listener, os.Args[1], os.Args[2]))
}

func saw(answer http.ResponseWriter, request *http.Request) {
	state := request.TLS
	leaf := state.PeerCertificates[0]
	answer.Header().Set("Content-Type", "application/json")
	json.NewEncoder(answer).Encode(map[string]any{
		"version":   map[uint16]string{tls.VersionTLS12: "TLSv1.2", tls.VersionTLS13: "TLSv1.3"}[state.Version],
		"cipher":    tls.CipherSuiteName(state.CipherSuite),
		"sni":       state.ServerName,
		"alpn":      state.NegotiatedProtocol,
		"resumed":   state.DidResume,
		"http":      request.Proto,
		"method":    request.Method,
		"subject":   leaf.Subject.String(),
		"serial":    fmt.Sprintf("%x", leaf.SerialNumber),
		"presented": len(state.PeerCertificates),
	})
}
