import Foundation

public func greeting() -> String {
    let environment = ProcessInfo.processInfo.environment
    return "Hello from \(environment["VERSION"] ?? "dev"), process \(ProcessInfo.processInfo.processIdentifier)\n"
}
