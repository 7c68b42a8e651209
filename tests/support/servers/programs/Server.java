import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** A mutual-TLS server on JSSE: says in JSON whom and what it saw. Arguments: KEYSTORE ROOT; the password is in P12. */
public class Server {
    public static void main(String[] arguments) throws Exception {
        char[] password = System.getenv("P12").toCharArray();
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (var file = new FileInputStream(arguments[0])) {
            own.load(file, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var file = new FileInputStream(arguments[1])) {
            trusted.setCertificateEntry("root", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);

        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", Server::saw);
        server.start();
        System.out.println("port " + server.getAddress().getPort());
    }

    private static void saw(HttpExchange exchange) throws IOException {
        var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
        var client = (X509Certificate) session.getPeerCertificates()[0];
        String sni = session.getRequestedServerNames().stream()
            .map(name -> new SNIHostName(name.getEncoded()).getAsciiName())
            .collect(Collectors.joining());
        String json = String.format(
            "{\"version\":\"%s\",\"cipher\":\"%s\",\"sni\":\"%s\",\"method\":\"%s\",\"subject\":\"%s\",\"serial\":\"%s\","
                + "\"presented\":%d}",
            session.getProtocol(), session.getCipherSuite(), sni, exchange.getRequestMethod(),
            client.getSubjectX500Principal().getName(), client.getSerialNumber().toString(16),
            session.getPeerCertificates().length);
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()); // what is left unread is answered by a reset
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (var stream = exchange.getResponseBody()) {
            stream.write(body);
        }
    }
}
