import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A web server of the JDK alone: GET / greets, GET /work?ms=300 takes its time. */
public final class Server {
    private Server() {}

    /** The text for a path; null where there is none. */
    static String answer(URI uri) throws InterruptedException {
        if (uri.getPath().equals("/work")) {
            String query = uri.getQuery() == null ? "" : uri.getQuery();
            int ms = query.startsWith("ms=") ? Math.min(Integer.parseInt(query.substring(3)), 10_000) : 0;
            Thread.sleep(ms);
            return "worked " + ms + " ms\n";
        }
        if (uri.getPath().equals("/")) {
            String version = System.getenv().getOrDefault("VERSION", "dev");
            return "Hello from " + version + ", process " + ProcessHandle.current().pid() + "\n";
        }
        return null;
    }

    private static void handle(HttpExchange exchange) throws IOException {
        int status = 200;
        String text;
        try {
            text = answer(exchange.getRequestURI());
        } catch (InterruptedException | NumberFormatException error) {
            text = null;
        }
        if (text == null) {
            status = 404;
            text = "not found\n";
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 1024);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", Server::handle);
        server.start();
        System.out.println("listening on " + port);
    }
}
