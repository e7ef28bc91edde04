// swift-tools-version:6.0
import PackageDescription

let package = Package(
    name: "hello",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.0.0")
    ],
    targets: [
        .target(name: "Answers"),
        .executableTarget(
            name: "App",
            dependencies: ["Answers", .product(name: "Hummingbird", package: "hummingbird")]
        ),
        .testTarget(name: "AnswersTests", dependencies: ["Answers"]),
    ]
)
