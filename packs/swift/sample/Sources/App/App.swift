import Answers
import Foundation
import Hummingbird

@main
struct App {
    static func main() async throws {
        let router = Router()
        router.get("/") { _, _ in greeting() }
        router.get("/work") { request, _ in
            let ms = min(request.uri.queryParameters.get("ms", as: Int.self) ?? 0, 10_000)
            try await Task.sleep(for: .milliseconds(ms))
            return "worked \(ms) ms\n"
        }
        let port = ProcessInfo.processInfo.environment["PORT"].flatMap(Int.init) ?? 8080
        let app = Application(router: router, configuration: .init(address: .hostname("0.0.0.0", port: port)))
        try await app.runService()
    }
}
