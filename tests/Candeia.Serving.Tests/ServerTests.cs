using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Candeia.Serving.Tests;

public class ServerTests
{
    const string Infer = "/v2/models/net/infer";

    [Fact]
    public async Task It_says_what_it_is_and_what_it_serves()
    {
        await using var running = await Running.StartAsync(Models.Served(Models.Network()));
        Assert.Equal((200, """{"live":true}"""), await running.GetAsync("/v2/health/live"));
        Assert.Equal((200, """{"ready":true}"""), await running.GetAsync("/v2/health/ready"));
        Assert.StartsWith("""{"name":"candeia","version":""", (await running.GetAsync("/v2")).Text, StringComparison.Ordinal);
        string model = """{"name":"net","versions":["1"],"platform":"candeia","inputs":[{"name":"x","datatype":"FP32","shape":[-1,8]}],"outputs":[{"name":"scores","datatype":"FP32","shape":[-1,3]}]}""";
        foreach (string path in (string[])["/v2/models/net", "/v2/models/net/versions/1"])
        {
            Assert.Equal((200, model), await running.GetAsync(path));
            Assert.Equal((200, """{"name":"net","ready":true}"""), await running.GetAsync($"{path}/ready"));
        }
        Assert.Equal((404, """{"error":"There is no model \u0027other\u0027 here."}"""), await running.GetAsync("/v2/models/other"));
        Assert.Equal(404, (await running.GetAsync("/v2/models/net/versions/2")).Status);
        Assert.Equal(405, (await running.GetAsync(Infer)).Status);
    }

    [Fact]
    public async Task Thousands_of_requests_from_32_connections_get_the_bits_that_each_would_get_alone()
    {
        var network = Models.Network();
        await using var running = await Running.StartAsync(Models.Served(network));
        var random = new Generator(9);
        Tensor[] questions = [.. Enumerable.Range(0, 61).Select(i => Tensor.Randn([i % 3 + 1, 8], generator: random).Keep())];
        float[][] expected = [.. questions.Select(q => Models.Alone(network, q))];
        int wrong = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 3000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            int n = i % questions.Length;
            float[] answer = i % 2 == 0 ? await AskJson(running, questions[n], i) : await AskBytes(running, questions[n]);
            if (!answer.SequenceEqual(expected[n])) Interlocked.Increment(ref wrong);
        });
        Assert.Equal(0, wrong);
        string metrics = (await running.GetAsync("/metrics")).Text;
        Assert.Contains("candeia_serving_requests_total{model=\"net\",status=\"200\"} 3000\n", metrics, StringComparison.Ordinal);
        Assert.Contains("candeia_serving_request_duration_seconds_count{model=\"net\"} 3000\n", metrics, StringComparison.Ordinal);
        Assert.Contains("candeia_serving_active{model=\"net\"} 0\n", metrics, StringComparison.Ordinal);
        long items = Enumerable.Range(0, 3000).Sum(i => i % 61 % 3 + 1L) + 1;      // and the one to warm up
        Assert.Contains($"candeia_serving_items_total{{model=\"net\"}} {items}\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"candeia_serving_batch_size_sum{{model=\"net\"}} {items}\n", metrics, StringComparison.Ordinal);
        foreach (string line in metrics.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Matches(@"^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+\{[a-z]+=""[^""]*""(,[a-z]+=""[^""]*"")*\} [0-9.e+-]+)$", line);
    }

    [Fact]
    public async Task People_ask_by_forms()
    {
        var network = Models.Network();
        await using var running = await Running.StartAsync(Models.Served(network));
        Assert.Equal((200, """{"text":"Two numbers.","kind":"form","fields":[{"name":"a","example":"1"},{"name":"b","example":"2","choices":["2","3"]}]}"""), await running.GetAsync("/v2/models/net/ask"));
        var (status, text) = await running.PostAsync("/v2/models/net/ask", Json("""{"a":"11"}"""));
        Assert.Equal(200, status);
        var said = JsonDocument.Parse(text).RootElement;
        Assert.Equal("That is much.", said.GetProperty("remark").GetString());
        Assert.Equal(Models.Alone(network, Tensor.Full([1, 8], 11f)), said.GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("value").GetSingle()));
        Assert.Equal((400, """{"error":"\u0027a\u0027 must be a number."}"""), await running.PostAsync("/v2/models/net/ask", Json("""{"a":"much"}""")));
        Assert.Equal(400, (await running.PostAsync("/v2/models/net/ask", Json("[]"))).Status);
        var (found, page) = await running.GetAsync("/");
        Assert.Equal(200, found);
        Assert.Contains("const words = [\"net\"];", page, StringComparison.Ordinal);
        Assert.DoesNotContain("//", page.Replace("http://www.w3.org", "", StringComparison.Ordinal).Split("<script>")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_compressed_and_oversized_requests_are_refused_and_the_next_is_answered()
    {
        var network = Models.Network();
        await using var running = await Running.StartAsync(Models.Served(network), options: o => o.MostRequestBytes = 100_000);
        Assert.Equal(400, (await running.PostAsync(Infer, Json("{\"inputs\":"))).Status);
        Assert.Equal(413, (await running.PostAsync(Infer, new ByteArrayContent(new byte[100_001]))).Status);
        using (var chunks = new HttpRequestMessage(HttpMethod.Post, Infer) { Content = new ByteArrayContent(new byte[100_001]) })
        {
            chunks.Headers.TransferEncodingChunked = true;                 // it does not say how long it is
            using var answer = await running.Http.SendAsync(chunks);
            Assert.Equal(413, (int)answer.StatusCode);
        }
        var zipped = Json("{}");
        zipped.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(415, (await running.PostAsync(Infer, zipped)).Status);
        var odd = Json("{}");
        odd.Headers.Add("Inference-Header-Content-Length", "-3");
        Assert.Equal(400, (await running.PostAsync(Infer, odd)).Status);
        Assert.Equal(Models.Alone(network, Tensor.Ones([1, 8])), await AskJson(running, Tensor.Ones([1, 8]), 1));
        string metrics = (await running.GetAsync("/metrics")).Text;
        Assert.Contains("status=\"400\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("status=\"413\"} 2\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_and_cut_requests_hold_nobody_up_and_what_they_hold_is_bounded()
    {
        var network = Models.Network();
        await using var running = await Running.StartAsync(Models.Served(network), options: o => (o.MostRequestBytes, o.MostHeldBytes) = (1 << 20, 1 << 20));
        string head = $"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n{{";
        List<System.Net.Sockets.TcpClient> slow = [];
        for (int i = 0; i < 20; i++) slow.Add(await running.ConnectAsync(head));
        for (int i = 0; i < 20; i++) (await running.ConnectAsync(head[..(4 + 4 * i)])).Dispose();
        for (int i = 0; i < 50; i++) Assert.Equal(Models.Alone(network, Tensor.Ones([1, 8])), await AskJson(running, Tensor.Ones([1, 8]), i));
        foreach (var connection in slow) connection.Dispose();
        // They said 900 000 bytes and sent one: room for larger ones is there all the same.
        await Eventually(async () => (await running.PostAsync(Infer, new ByteArrayContent(new byte[400_000]))).Status == 400);
    }

    [Fact]
    public async Task Who_sends_slowly_or_nothing_does_not_hold_the_end()
    {
        // As long as it would wait for them otherwise, a test that hangs is ended.
        var running = await Running.StartAsync(Models.Served(Models.Network()), drain: TimeSpan.FromMinutes(20));
        string head = $"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n";
        using var silent = await running.ConnectAsync("");
        using var begun = await running.ConnectAsync(head[..30]);
        using var slow = await running.ConnectAsync(head);
        await Eventually(async () => (await running.GetAsync("/v2/health/live")).Status == 200);
        using var ended = new CancellationTokenSource();
        // Fast enough for Kestrel, which cuts off who sends fewer than 240 bytes a second.
        var sending = Task.Run(async () =>
        {
            try
            {
                while (!ended.IsCancellationRequested)
                {
                    await slow.GetStream().WriteAsync(new byte[100]);
                    await Task.Delay(50);
                }
            }
            catch (IOException)
            {
                // cut off
            }
        });
        await running.DisposeAsync();
        await ended.CancelAsync();
        await sending;
    }

    [Fact]
    public async Task Requests_together_hold_no_more_than_they_may()
    {
        await using var running = await Running.StartAsync(Models.Served(Models.Network()), options: o => o.MostHeldBytes = 40_000);
        Assert.Equal(400, (await running.PostAsync(Infer, new ByteArrayContent(new byte[10_000]))).Status);
        var (status, text) = await running.PostAsync(Infer, new ByteArrayContent(new byte[50_000]));
        Assert.Equal(429, status);
        Assert.Contains("no room", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_queue_is_429_and_a_stop_answers_what_was_taken()
    {
        var model = new GatedModel();
        model.Gate.Set();
        var running = await Running.StartAsync(model, new(Most: 1, Queue: 2));
        await running.ReadyAsync();
        model.Gate.Reset();
        int before = model.Sizes.Count;
        string Question(int i) => $$"""{"inputs":[{"name":"x","shape":[1,1],"datatype":"FP32","data":[{{i}}]}]}""";
        var first = running.PostAsync(Infer, Json(Question(1)));
        PredictorTests.Until(() => model.Sizes.Count > before);
        Task<(int Status, string Text)>[] taken = [.. Enumerable.Range(2, 2).Select(i => running.PostAsync(Infer, Json(Question(i))))];
        await Eventually(async () => (await running.GetAsync("/metrics")).Text.Contains("candeia_serving_active{model=\"net\"} 3\n", StringComparison.Ordinal));
        using (var full = await running.Http.PostAsync(new Uri(Infer, UriKind.Relative), Json(Question(9))))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
            Assert.Equal("1", full.Headers.RetryAfter!.ToString());
        }
        var stop = running.Server.DisposeAsync().AsTask();
        await Eventually(async () =>
        {
            try { return (await running.GetAsync("/v2/health/ready")).Status == 503; }
            catch (HttpRequestException) { return true; }                  // nobody is let in any more
        });
        model.Gate.Set();
        await stop;
        var answers = await Task.WhenAll([first, .. taken]);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(200, answers[i].Status);
            Assert.Equal(2 * (i + 1), JsonDocument.Parse(answers[i].Text).RootElement.GetProperty("outputs")[0].GetProperty("data")[0].GetSingle());
        }
        running.Http.Dispose();
    }

    [Fact]
    public async Task A_model_that_fails_is_500_and_says_nothing_of_its_inside()
    {
        await using var running = await Running.StartAsync(new GatedModel(open: true));
        await running.ReadyAsync();
        var (status, text) = await running.PostAsync(Infer, Json("""{"inputs":[{"name":"x","shape":[1,1],"datatype":"FP32","data":[13]}]}"""));
        Assert.Equal((500, """{"error":"The model has failed; the log of the server says how."}"""), (status, text));
        Assert.Equal(200, (await running.PostAsync(Infer, Json("""{"inputs":[{"name":"x","shape":[1,1],"datatype":"FP32","data":[12]}]}"""))).Status);
    }

    [Fact]
    public async Task While_a_model_is_loaded_it_is_live_and_not_ready()
    {
        using var gate = new ManualResetEventSlim();
        await using var server = await LocalServer.StartAsync(IPAddress.Loopback, 0, s => s.AddCandeiaModel("net", () =>
        {
            gate.Wait();
            return Models.Served(Models.Network());
        }), r => r.MapCandeia());
        using var http = new HttpClient { BaseAddress = new(server.Url) };
        async Task<HttpStatusCode> Status(string path)
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            return answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.OK, await Status("/v2/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status("/v2/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status("/v2/models/net"));
        gate.Set();
        await Eventually(async () => await Status("/v2/models/net/ready") == HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_application_of_ones_own_has_the_same_model_in_its_services()
    {
        var network = Models.Network();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddCandeiaModel("net", () => Models.Served(network)).AddCandeiaModel("other", () => Models.Served(Models.Network(2)));
        Assert.Throws<ArgumentException>(() => builder.Services.AddCandeiaModel("net", () => Models.Served(network)));
        Assert.Throws<ArgumentException>(() => builder.Services.AddCandeiaModel("a/b", () => Models.Served(network)));
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGroup("/ai").MapCandeia();
        await app.StartAsync();
        var predictor = app.Services.GetRequiredKeyedService<Predictor>("net");
        var x = Tensor.Randn([2, 8], generator: new(4));
        Assert.Equal(Models.Alone(network, x), (await predictor.PredictAsync([x]))[0].ToArray<float>());
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        await Eventually(async () =>
        {
            using var answer = await http.GetAsync(new Uri("/ai/v2/models/other", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        });
        await app.StopAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => predictor.PredictAsync([x]));
    }

    [Fact]
    public async Task Names_of_elsewhere_do_not_reach_a_local_server()
    {
        await using var running = await Running.StartAsync(Models.Served(Models.Network()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2");
        request.Headers.Host = "evil.example";
        using var answer = await running.Http.SendAsync(request);
        Assert.Equal(421, (int)answer.StatusCode);
    }

    [Fact]
    public void Without_a_model_there_is_nothing_to_offer()
    {
        using var app = (IDisposable)WebApplication.CreateSlimBuilder().Build();
        Assert.Throws<InvalidOperationException>(() => ((WebApplication)app).MapCandeia());
    }

    static async Task<float[]> AskJson(Running running, Tensor x, int id)
    {
        string data = string.Join(",", x.ToArray<float>().Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        var (status, text) = await running.PostAsync(Infer, Json($$"""{"id":"{{id}}","inputs":[{"name":"x","shape":[{{x.Shape[0]}},8],"datatype":"FP32","data":[{{data}}]}]}"""));
        Assert.True(status == 200, text);
        var said = JsonDocument.Parse(text).RootElement;
        Assert.Equal($"{id}", said.GetProperty("id").GetString());
        return [.. said.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(v => v.GetSingle())];
    }

    static async Task<float[]> AskBytes(Running running, Tensor x)
    {
        byte[] numbers = [];
        x.ReadBytes(bytes => numbers = bytes.ToArray());
        byte[] json = Encoding.UTF8.GetBytes($$$"""{"inputs":[{"name":"x","shape":[{{{x.Shape[0]}}},8],"datatype":"FP32","parameters":{"binary_data_size":{{{numbers.Length}}}}}],"outputs":[{"name":"scores","parameters":{"binary_data":true}}]}""");
        using var content = new ByteArrayContent([.. json, .. numbers]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add("Inference-Header-Content-Length", $"{json.Length}");
        using var answer = await running.Http.PostAsync(new Uri(Infer, UriKind.Relative), content);
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(body));
        int header = int.Parse(answer.Headers.GetValues("Inference-Header-Content-Length").Single(), CultureInfo.InvariantCulture);
        var output = JsonDocument.Parse(body.AsMemory(0, header)).RootElement.GetProperty("outputs")[0];
        Assert.Equal(body.Length - header, output.GetProperty("parameters").GetProperty("binary_data_size").GetInt32());
        float[] values = new float[(body.Length - header) / 4];
        Buffer.BlockCopy(body, header, values, 0, body.Length - header);
        return values;
    }

    static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    static async Task Eventually(Func<Task<bool>> holds)
    {
        for (int i = 0; i < 3000; i++)
        {
            if (await holds()) return;
            await Task.Delay(20);
        }
        Assert.Fail("It did not come to this within a minute.");
    }
}
