using System.Text;
using System.Text.Json;

namespace Candeia.Serving.Tests;

/// <summary>Texts that a model goes on with.</summary>
public class GenerateTests
{
    /// <summary>Says the numbers from 0 on, each when it is let.</summary>
    sealed class Counting(SemaphoreSlim gate) : IServedModel
    {
        public int Running, Most;

        public IReadOnlyList<ModelValue> Inputs { get; } = [ModelValue.Of("x", [1])];

        public IReadOnlyList<ModelValue> Outputs { get; } = [ModelValue.Of("y", [1])];

        public Question Question => new TextQuestion("Anything.", GoOn);

        public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs) => inputs;

        IEnumerable<string> GoOn(TextBeginning beginning)
        {
            if (beginning.Text.Length == 0) throw new FormatException("It is empty.");
            return Pieces(beginning.MaxTokens);
        }

        IEnumerable<string> Pieces(int count)
        {
            int now = Interlocked.Increment(ref Running);
            lock (this) Most = Math.Max(Most, now);
            try
            {
                for (int i = 0; i < count; i++)
                {
                    gate.Wait();
                    yield return $"{i} ";
                }
            }
            finally
            {
                Interlocked.Decrement(ref Running);
            }
        }
    }

    static StringContent Ask(int tokens) => new($$$"""{"text_input":"x","parameters":{"max_tokens":{{{tokens}}}}}""", Encoding.UTF8);

    [Fact]
    public async Task Pieces_are_sent_as_they_are_made_and_who_goes_away_has_no_more_made()
    {
        using var gate = new SemaphoreSlim(0);
        var model = new Counting(gate);
        await using var running = await Running.StartAsync(model);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/net/generate_stream") { Content = Ask(4096) };
        gate.Release(3);
        using (var answer = await running.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal($"{i} ", JsonElement.Parse((await reader.ReadLineAsync())!["data: ".Length..]).GetProperty("text_output").GetString());
                Assert.Equal("", await reader.ReadLineAsync());
            }
            Assert.Equal(1, model.Running);
        }
        int released = 0;
        PredictorTests.Until(() =>
        {
            if (released++ < 4000) gate.Release();
            return model.Running == 0;
        });
        Assert.True(released < 4000, "It went on for nobody.");
        Assert.Equal((400, """{"error":"It is empty."}"""), await running.PostAsync("/v2/models/net/generate", new StringContent("""{"text_input":""}""")));
    }

    [Fact]
    public async Task As_many_texts_are_made_at_once_as_there_are_threads_and_a_full_queue_is_429()
    {
        using var gate = new SemaphoreSlim(0);
        var model = new Counting(gate);
        await using var running = await Running.StartAsync(model, new(Queue: 1));
        Task<(int Status, string Text)>[] taken = [.. Enumerable.Range(0, Threads.Count + 1).Select(_ => running.PostAsync("/v2/models/net/generate", Ask(2)))];
        PredictorTests.Until(() => model.Running == Threads.Count);
        while (!(await running.GetAsync("/metrics")).Text.Contains($"candeia_serving_active{{model=\"net\"}} {taken.Length}\n", StringComparison.Ordinal)) await Task.Delay(20);
        Assert.Equal(429, (await running.PostAsync("/v2/models/net/generate", Ask(1))).Status);
        gate.Release(2 * taken.Length);
        foreach (var (status, text) in await Task.WhenAll(taken)) Assert.Equal((200, "0 1 "), (status, JsonElement.Parse(text).GetProperty("text_output").GetString()));
        Assert.Equal(Threads.Count, model.Most);
        Assert.Contains($"status=\"200\"}} {taken.Length}\n", (await running.GetAsync("/metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_lets_a_text_come_to_its_end()
    {
        using var gate = new SemaphoreSlim(0);
        var model = new Counting(gate);
        var running = await Running.StartAsync(model);
        var text = running.PostAsync("/v2/models/net/generate_stream", Ask(20));
        PredictorTests.Until(() => model.Running == 1);
        var stop = running.Server.DisposeAsync().AsTask();
        await Task.Delay(TimeSpan.FromSeconds(4));                           // longer than clients are given that do not fetch
        gate.Release(20);
        var (status, said) = await text;
        await stop;
        Assert.Equal((200, 20), (status, said.Split("data: ").Length - 1));
        running.Http.Dispose();
    }

    [Fact]
    public async Task Other_models_go_on_with_nothing()
    {
        await using var running = await Running.StartAsync(Models.Served(Models.Network()));
        Assert.Equal(404, (await running.PostAsync("/v2/models/net/generate", Ask(1))).Status);
    }
}
