import Answers
import Testing

@Test func theRootGreets() {
    #expect(greeting().hasPrefix("Hello"))
}
