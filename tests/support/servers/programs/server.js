// A mutual-TLS server on Node: says in JSON whom and what it saw.
//   node server.js CHAIN KEY ROOT tls|http|late     who refuses bad certificates: the program by 401,
//                                            or by closing once the handshake is done
"use strict";
const fs = require("node:fs");
const https = require("node:https");

const [chain, key, root, judge] = process.argv.slice(2);
const options = {
  cert: fs.readFileSync(chain),
  key: fs.readFileSync(key),
  ca: fs.readFileSync(root),
  requestCert: true,
  rejectUnauthorized: judge === "tls",
};

const server = https.createServer(options, (request, response) => {
  const socket = request.socket;
  if (socket.destroyed) return; // the request came before the end
  const client = socket.getPeerCertificate();
  const cipher = socket.getCipher();
  response.writeHead(socket.authorized ? 200 : 401, { "Content-Type": "application/json" });
  response.end(
    JSON.stringify({
      version: socket.getProtocol(),
      cipher: cipher.standardName,
      sni: socket.servername || "",
      alpn: socket.alpnProtocol || "",
      resumed: socket.isSessionReused(),
      method: request.method,
      verify: socket.authorizationError || "",
      subject: Object.entries(client.subject || {}).map(([key, value]) => `${key}=${value}`).reverse().join(","),
      serial: (client.serialNumber || "").toLowerCase(),
      sha256: (client.fingerprint256 || "").replaceAll(":", "").toLowerCase(),
    }),
  );
});
if (judge === "late") {
  server.on("secureConnection", (socket) => {
    socket.on("error", (error) => console.error("tls:", error.code)); // the client writes on
    if (!socket.authorized) socket.destroy();
  });
}
server.on("tlsClientError", (error) => console.error("tls:", error.code, error.message));
server.listen(0, "127.0.0.1", () => console.log("port", server.address().port));
