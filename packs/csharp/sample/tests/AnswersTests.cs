using Xunit;

public class AnswersTests
{
    [Fact]
    public void The_root_greets() => Assert.StartsWith("Hello", Answers.Greeting());
}
