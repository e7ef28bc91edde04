var app = WebApplication.CreateBuilder(args).Build();

app.MapGet("/", Answers.Greeting);
app.MapGet("/work", async (int ms) =>
{
    await Task.Delay(Math.Clamp(ms, 0, 10_000));
    return $"worked {ms} ms\n";
});
app.Run();
