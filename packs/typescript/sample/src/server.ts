// A web server of Node alone: GET / greets, GET /work?ms=300 takes its time.
import { createServer } from "node:http";

export type Answer = { status: number; body: string; delay: number };

export function answer(path: string): Answer {
  const url = new URL(path, "http://localhost");
  if (url.pathname === "/work") {
    const ms = Math.min(Number(url.searchParams.get("ms")) || 0, 10000);
    return { status: 200, body: `worked ${ms} ms\n`, delay: ms };
  }
  if (url.pathname === "/") {
    const body = `Hello from ${process.env.VERSION ?? "dev"}, process ${process.pid}\n`;
    return { status: 200, body, delay: 0 };
  }
  return { status: 404, body: "not found\n", delay: 0 };
}

if (require.main === module) {
  const port = Number(process.env.PORT) || 8080;
  createServer((request, response) => {
    const { status, body, delay } = answer(request.url ?? "/");
    setTimeout(() => response.writeHead(status).end(body), delay);
  }).listen(port, () => console.log(`listening on ${port}`));
}
