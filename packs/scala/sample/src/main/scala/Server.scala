import com.sun.net.httpserver.HttpServer
import java.net.{InetSocketAddress, URI}
import java.util.concurrent.Executors

/** The text for a path: / greets, /work?ms=300 takes its time. */
def answer(uri: URI): Option[String] = uri.getPath match
  case "/" => Some(s"Hello from ${sys.env.getOrElse("VERSION", "dev")}, process ${ProcessHandle.current.pid}\n")
  case "/work" =>
    val ms = Option(uri.getQuery).filter(_.startsWith("ms=")).flatMap(_.drop(3).toIntOption).getOrElse(0).min(10000)
    Thread.sleep(ms)
    Some(s"worked $ms ms\n")
  case _ => None

@main def server(): Unit =
  val port = sys.env.get("PORT").flatMap(_.toIntOption).getOrElse(8080)
  val http = HttpServer.create(InetSocketAddress(port), 1024)
  http.setExecutor(Executors.newCachedThreadPool())
  http.createContext(
    "/",
    exchange =>
      val found = answer(exchange.getRequestURI)
      val body = found.getOrElse("not found\n").getBytes("UTF-8")
      exchange.sendResponseHeaders(if found.isDefined then 200 else 404, body.length)
      exchange.getResponseBody.write(body)
      exchange.close()
  )
  http.start()
  println(s"listening on $port")
