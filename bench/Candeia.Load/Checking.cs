using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Candeia.Load;

/// <summary>
/// Asks a server many times from several connections at once, every other time with bytes, and holds each answer against what the network says
/// alone: to the bit.
/// </summary>
static class Checking
{
    const int Questions = 251;

    /// <summary>0 if all were right.</summary>
    public static async Task<int> RunAsync(Uri server, Served served, int count, int connections)
    {
        var (bodies, expected) = Prepare(served);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections };
        using var http = new HttpClient(handler) { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };
        int next = -1, wrong = 0, refused = 0;
        double[] milliseconds = new double[count];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                long start = Stopwatch.GetTimestamp();
                float[]? answer = await AskAsync(http, served.Name, bodies[i % Questions], i % 2 == 0).ConfigureAwait(false);
                milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (answer is null) Interlocked.Increment(ref refused);
                else if (!answer.SequenceEqual(expected[i % Questions])) Interlocked.Increment(ref wrong);
            }
        }))).ConfigureAwait(false);
        double seconds = watch.Elapsed.TotalSeconds;
        Array.Sort(milliseconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} requests from {connections} connections in {seconds:F1} s, {count / seconds:F0} a second; ")
            + string.Create(CultureInfo.InvariantCulture, $"median {milliseconds[count / 2]:F1} ms, p99 {milliseconds[count * 99L / 100]:F1} ms; {wrong} wrong, {refused} refused"));
        return wrong + refused == 0 ? 0 : 1;
    }

    static (Body[] Bodies, float[][] Expected) Prepare(Served served)
    {
        using var off = Autograd.NoGrad();
        var network = served.Network();
        Tensor[] questions = [.. Enumerable.Range(0, Questions).Select(served.Question)];
        return ([.. questions.Select(q => new Body(served, q))], [.. questions.Select(q => served.Then(network.Forward(q)).ToArray<float>())]);
    }

    static async Task<float[]?> AskAsync(HttpClient http, string model, Body body, bool json)
    {
        using var content = new ByteArrayContent(json ? body.Json : body.Bytes);
        if (!json) content.Headers.Add(Body.HeaderLength, body.Header.ToString(CultureInfo.InvariantCulture));
        using var answer = await http.PostAsync(new Uri($"v2/models/{model}/infer", UriKind.Relative), content).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode) return null;
        using var said = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
        return [.. said.RootElement.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(v => v.GetSingle())];
    }
}
