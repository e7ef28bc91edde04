// A web server of Node alone: GET / greets, GET /work?ms=300 takes its time.
const http = require("node:http");

function answer(request, response) {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname === "/work") {
    const ms = Math.min(Number(url.searchParams.get("ms")) || 0, 10000);
    setTimeout(() => response.end(`worked ${ms} ms\n`), ms);
  } else if (url.pathname === "/") {
    response.end(`Hello from ${process.env.VERSION || "dev"}, process ${process.pid}\n`);
  } else {
    response.writeHead(404).end("not found\n");
  }
}

module.exports = { answer };

if (require.main === module) {
  const port = Number(process.env.PORT) || 8080;
  http.createServer(answer).listen(port, () => console.log(`listening on ${port}`));
}
