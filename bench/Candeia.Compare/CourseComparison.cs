using System.Globalization;
using System.Text;
using System.Text.Json;
using Candeia.Charts;
using Candeia.NN;

namespace Candeia.Compare;

/// <summary>The GPT of the comparison learns from a text, from the same weights and by the same batches in Candeia and in libtorch.</summary>
static class CourseComparison
{
    const int Batch = 8, HeldBatches = 16;
    const string Network = "gpt", Picture = "beside-libtorch.svg";

    /// <summary>Trains both, one after the other; the page of language models gets the table and the figure.</summary>
    public static void Run(string textFile, int steps, bool write)
    {
        string folder = Directory.CreateTempSubdirectory("candeia-compare-").FullName;
        try
        {
            Prepare(folder, textFile, steps);
            Contestant[] contestants = [Contestant.Candeia, Contestant.LibTorchTuned];
            Course[] courses = [.. contestants.Select(c => JsonSerializer.Deserialize<Course>(c.Ask(["course", Network, folder]))!)];
            string table = Table(courses, steps);
            Console.WriteLine(table);
            if (!write) return;
            Page.Write("language-model.md", _ => $"\n{table}\n![What is held back, in bits per character, in both](images/language-model/{Picture})\n\n");
            Figure(courses, steps).Save(Path.Combine(Program.Root, "docs", "images", "language-model", Picture));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Our side of it.</summary>
    public static int Worker(Work work, string folder)
    {
        var model = Compare.Worker.Load(work, folder);
        model.Train();
        var text = Safetensors.Load(Path.Combine(folder, "text.safetensors"));
        var optimizer = work.Optimizer(model.Parameters());
        var course = Course.Of(text["x"].Shape[0], i =>
        {
            using var scope = Scope.Begin();
            optimizer.ZeroGrad();
            var loss = work.Loss(model.Forward(text["x"][i]), text["y"][i]);
            loss.Backward();
            optimizer.Step();
            return loss.Item();
        }, () =>
        {
            using var scope = Scope.Begin();
            using var frozen = Autograd.NoGrad();
            return Enumerable.Range(0, HeldBatches).Average(i => work.Loss(model.Forward(text["heldX"][i]), text["heldY"][i]).Item());
        });
        Console.WriteLine(JsonSerializer.Serialize(course));
        return 0;
    }

    // The 64 most frequent characters have numbers of their own, all others the last; the last tenth of the text is held back.
    static void Prepare(string folder, string textFile, int steps)
    {
        string text = File.ReadAllText(textFile);
        char[] frequent = [.. text.GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(Gpt.Letters - 1).Select(g => g.Key)];
        var numbers = frequent.Index().ToDictionary(c => c.Item, c => (long)c.Index);
        long[] letters = [.. text.Select(c => numbers.GetValueOrDefault(c, Gpt.Letters - 1))];
        int learnt = letters.Length * 9 / 10, rest = letters.Length - learnt;
        if (rest < Batch * HeldBatches + Gpt.Length + 1) throw new InvalidOperationException($"'{textFile}' has only {letters.Length} characters; take a text of a few hundred thousand.");
        Generator.Seed(777);
        Safetensors.Save(Path.Combine(folder, "weights.safetensors"), Work.Of(Network).Model().StateDict());
        var random = new Generator(778);
        int[] starts = Tensor.Randint(0, learnt - Gpt.Length, [steps * Batch], random).ToArray<int>();
        int[] heldStarts = [.. Enumerable.Range(0, HeldBatches * Batch).Select(i => learnt + (int)((long)i * (rest - Gpt.Length - 1) / (HeldBatches * Batch)))];
        Safetensors.Save(Path.Combine(folder, "text.safetensors"), new Dictionary<string, Tensor>
        {
            ["x"] = Windows(starts, 0), ["y"] = Windows(starts, 1), ["heldX"] = Windows(heldStarts, 0), ["heldY"] = Windows(heldStarts, 1),
        });

        Tensor Windows(int[] from, int shift) =>
            Tensor.From([.. from.SelectMany(s => letters.AsSpan(s + shift, Gpt.Length).ToArray())], [from.Length / Batch, Batch, Gpt.Length]);
    }

    static string Table(Course[] courses, int steps)
    {
        var (ours, theirs) = (courses[0], courses[1]);
        int tenth = steps / 10;
        var text = new StringBuilder();
        text.AppendLine($"{Page.Heading(1)} libtorch 2.10 with tuned malloc; one run each, one after the other.\n");
        text.AppendLine("| steps | Candeia: bits per character held back | libtorch | Candeia: seconds of steps | libtorch |");
        text.AppendLine("|---|---|---|---|---|");
        for (int i = 0; i < ours.Held.Length; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {i * steps / (ours.Held.Length - 1)} | {Bits(ours.Held[i]):F3} | {Bits(theirs.Held[i]):F3} | {ours.Seconds[i]:F1} | {theirs.Seconds[i]:F1} |");
        int same = Array.FindIndex(ours.Held, h => h <= theirs.Held[^1] * 1.005);
        string reached = same < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" What libtorch reached after {theirs.Seconds[^1]:F0} s, Candeia reached, within half a per cent, after {ours.Seconds[same]:F0} s.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"\nMean loss of the last {tenth} steps: {ours.Losses[^tenth..].Average():F4} and {theirs.Losses[^tenth..].Average():F4}; the losses of the first ten steps differ by {ours.Losses.Zip(theirs.Losses).Take(10).Max(l => Math.Abs(l.First - l.Second)):E1} at most.{reached}");
        return text.ToString();
    }

    static LineChart Figure(Course[] courses, int steps)
    {
        double[] at = [.. Enumerable.Range(0, courses[0].Held.Length).Select(i => (double)i * steps / (courses[0].Held.Length - 1))];
        return new("What is held back, while a GPT learns", [new("libtorch", at, [.. courses[1].Held.Select(Bits)]), new("Candeia", at, [.. courses[0].Held.Select(Bits)])])
        {
            X = new("steps"), Y = new("bits per character"),
        };
    }

    static double Bits(double nats) => nats / Math.Log(2);
}
