using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Candeia.Experiments;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Cli.Tests;

/// <summary>Serve, as a process of its own: from a saved model to an answer, and to its end.</summary>
[Collection(nameof(Here))]
public sealed class ServeTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task A_saved_network_answers_people_and_programs_until_it_is_stopped()
    {
        Safetensors.Save(_folder["model.safetensors"], new CorrelationNet().StateDict());
        Tool.RunIn(_folder.Path, "data", "generate", "--out", "d", "--count", "1").AssertOk();
        string picture = Directory.EnumerateFiles(_folder["d"], "*.png", SearchOption.AllDirectories).Single();
        string line = Tool.RunIn(_folder.Path, "predict", "--model", "model.safetensors", picture).AssertOk().Output;
        float expected = float.Parse(line[(line.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture);

        using var server = await Server.StartAsync(_folder.Path, "serve", "--model", ".", "--port", "0", "--max-batch", "4", "--queue", "9");
        Assert.Contains("takes image: FP32 [-1, 1, 130, 130]", server.Said, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = server.Address };
        string model = Assert.Single(Regex(server.Said, "v2/models/(.+)/infer"));
        await server.ReadyAsync(http);
        using (var answer = await http.PostAsync(new Uri($"v2/models/{model}/ask", UriKind.Relative), new ByteArrayContent(await File.ReadAllBytesAsync(picture))))
        {
            var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(expected, said.GetProperty("parts")[0].GetProperty("value").GetSingle());
            Assert.False(said.TryGetProperty("remark", out _));
        }
        using (var refused = await http.PostAsync(new Uri($"v2/models/{model}/infer", UriKind.Relative), new StringContent("{}"))) Assert.Equal(400, (int)refused.StatusCode);
        Assert.Contains("<h1 id=\"title\">", await http.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);

        string port = server.Address.Port.ToString(CultureInfo.InvariantCulture);
        Tool.RunIn(_folder.Path, "serve", "--model", "model.safetensors", "--port", port).AssertRefused(1, port, "choose another one with --port");
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        Assert.Equal(0, await server.StopAsync("-TERM"));
    }

    [Fact]
    public void What_cannot_be_served_is_refused_with_what_can()
    {
        ToolResult Serve(params string[] more) => Tool.RunIn(_folder.Path, ["serve", "--model", .. more]);
        Serve("nowhere").AssertRefused(1, "no model 'nowhere'", "train-images", ".onnx");
        Directory.CreateDirectory(_folder["empty"]);
        Serve("empty").AssertRefused(1, "'empty' holds no model");
        Safetensors.Save(_folder["other.safetensors"], new Linear(3, 4).StateDict());
        Serve("other.safetensors").AssertRefused(1, "other.safetensors", "another network");
        File.WriteAllText(_folder["bad.onnx"], "no");
        Serve("bad.onnx").AssertRefused(1, "bad.onnx");
        Directory.CreateDirectory(_folder["fitted"]);
        File.WriteAllText(_folder[Path.Combine("fitted", "training.json")], "{}");
        Serve("fitted").AssertRefused(1, "Fitted.Save", "AddCandeiaModel");
        new ImageClassifier("squeezenet1_1", ["a", "b"], 32).Save(_folder["classes"]);
        File.Delete(_folder[Path.Combine("classes", "model.safetensors")]);
        Serve("classes").AssertRefused(1, "model.safetensors");
        Serve("empty", "--host", "here").AssertRefused(2, "--host", "'here'");
        Serve("empty", "--port", "70000").AssertRefused(2, "--port", "from 0 to 65535");
        Serve("empty", "--delay", "100000").AssertRefused(2, "--delay", "60000");
    }

    static IEnumerable<string> Regex(string text, string pattern) => System.Text.RegularExpressions.Regex.Matches(text, pattern).Select(m => m.Groups[1].Value);
}
