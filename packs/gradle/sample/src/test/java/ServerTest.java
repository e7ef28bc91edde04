import static org.junit.Assert.assertTrue;

import org.junit.Test;
import java.net.URI;

public class ServerTest {
    @Test
    public void theRootGreets() throws InterruptedException {
        assertTrue(Server.answer(URI.create("/")).startsWith("Hello"));
    }
}
