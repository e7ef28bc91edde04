import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import java.net.URI;

class ServerTest {
    @Test
    void theRootGreets() throws InterruptedException {
        assertTrue(Server.answer(URI.create("/")).startsWith("Hello"));
    }
}
