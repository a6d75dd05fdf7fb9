using System.Diagnostics;
using System.Globalization;

namespace Candeia.Repository.Tests;

/// <summary>The programs in samples do what their first lines say.</summary>
public sealed class SampleTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static string Program(string sample) => Path.Combine(Checkout.Root, "samples", sample, "bin", Checkout.Configuration, "net10.0", $"{sample}.dll");

    [Fact]
    public async Task The_worker_answers_what_is_put_into_its_folder()
    {
        Directory.CreateDirectory(_folder["inbox"]);
        await File.WriteAllTextAsync(_folder[Path.Combine("inbox", "new.csv")], "area,quarter\n50,hill\n50,harbour\n");
        using var worker = Start(Program("Worker"));
        try
        {
            string answer = _folder[Path.Combine("outbox", "new.csv")];
            await Eventually(worker, () => Task.FromResult(File.Exists(answer) && File.ReadAllText(answer).EndsWith('\n')));
            string[] lines = await File.ReadAllLinesAsync(answer);
            Assert.Equal("area,quarter,rent", lines[0]);
            Assert.InRange(double.Parse(lines[1].Split(',')[2], CultureInfo.InvariantCulture), 600, 800);
            Assert.InRange(double.Parse(lines[2].Split(',')[2], CultureInfo.InvariantCulture), 450, 650);
        }
        finally
        {
            worker.Kill();
        }
    }

    [Fact]
    public async Task The_web_application_answers_at_its_own_address_and_by_the_protocol()
    {
        using var server = Start(Program("AspNet"), "--urls", "http://127.0.0.1:0");
        try
        {
            string? line;
            do line = await server.StandardOutput.ReadLineAsync(); while (line is not null && !line.Contains("listening on", StringComparison.Ordinal));
            Assert.NotNull(line);
            using var http = new HttpClient { BaseAddress = new(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim()) };
            await Eventually(server, async () =>
            {
                using var ready = await http.GetAsync(new Uri("/v2/health/ready", UriKind.Relative));
                return ready.IsSuccessStatusCode;
            });
            Assert.InRange(double.Parse(await http.GetStringAsync(new Uri("/product?a=1.5&b=-1", UriKind.Relative)), CultureInfo.InvariantCulture), -1.7, -1.3);
            Assert.Contains("\"product\"", await http.GetStringAsync(new Uri("/v2/models/product", UriKind.Relative)), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public void The_program_in_FSharp_learns_which_points_lie_on_a_ring()
    {
        var (code, output, error) = Checkout.Run(_folder.Path, Checkout.Dotnet, Program("FSharp"));
        Assert.Equal((0, ""), (code, error));
        string[] lines = output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.InRange(double.Parse(lines[0].Split(' ')[0], CultureInfo.InvariantCulture), 95, 100);
        Assert.Equal([0.0, 1, 0], lines[1..].Select(line => Math.Round(double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture))));
    }

    Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Checkout.Dotnet, [program, .. arguments]) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true })!;

    static async Task Eventually(Process process, Func<Task<bool>> holds)
    {
        for (int i = 0; i < 3000; i++)
        {
            if (await holds()) return;
            Assert.False(process.HasExited, "It has ended.");
            await Task.Delay(40);
        }
        Assert.Fail("It did not come to this within two minutes.");
    }
}
