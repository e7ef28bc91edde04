public static class Answers
{
    public static string Greeting() =>
        $"Hello from {Environment.GetEnvironmentVariable("VERSION") ?? "dev"}, process {Environment.ProcessId}\n";
}
