using System.Diagnostics;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;
using Spectre.Console;

namespace Candeia.Bench;

/// <summary>What the trainer costs beside a loop by hand: an MLP 64 → 64 → 10 on batches of 32, in turn, with progress and metrics and without.</summary>
static class Overhead
{
    const int Batch = 32, Batches = 200, Rounds = 41;

    public static void Report()
    {
        var data = new TensorDataset(Tensor.Randn([Batch * Batches, 64], generator: new Generator(1)), Tensor.Randint(0, 10, [Batch * Batches], generator: new Generator(2)));
        Batch[] batches = [.. data.Loader(Batch, workers: 0)];
        var hand = new Mlp();
        var adam = new Adam(hand.Parameters());
        var bare = new Mlp().Setup((y, t) => y.CrossEntropyLoss(t), p => new Adam(p)) with { Callbacks = [] };
        var full = new Mlp().Setup((y, t) => y.CrossEntropyLoss(t), p => new Adam(p), new Accuracy()) with { Callbacks = [new Training.Progress(Quiet()), new Interrupt()] };
        var (bareFit, fullFit) = (bare.Fit(batches, 1), full.Fit(batches, 1));
        (string Name, Action Epoch)[] ways =
        [
            ("by hand", () => ByHand(hand, adam, batches)),
            ("by hand, loss read", () => ByHand(hand, adam, batches, read: true)),
            ("by hand, loss and accuracy", () => ByHand(hand, adam, batches, read: true, measure: true)),
            ("trainer without callbacks", () => bareFit = bareFit.Fit(batches, 1)),
            ("trainer, progress, accuracy", () => fullFit = fullFit.Fit(batches, 1)),
        ];
        double[][] seconds = [.. ways.Select(_ => new double[Rounds])];
        foreach (var (_, epoch) in ways) for (int i = 0; i < 5; i++) epoch();
        for (int round = 0; round < Rounds; round++)
            for (int way = 0; way < ways.Length; way++)
            {
                long start = Stopwatch.GetTimestamp();
                ways[(way + round) % ways.Length].Epoch();
                seconds[(way + round) % ways.Length][round] = Stopwatch.GetElapsedTime(start).TotalSeconds / Batches;
            }
        double[] medians = [.. seconds.Select(Median)];
        for (int way = 0; way < ways.Length; way++)
            Console.WriteLine($"  {ways[way].Name,-30}{medians[way] * 1e6,8:F2} µs a batch, {Median([.. seconds[way].Zip(seconds[0], (a, b) => a / b)]),7:P1} of the loop by hand");
    }

    static void ByHand(Mlp model, Adam adam, Batch[] batches, bool read = false, bool measure = false)
    {
        double sum = 0, right = 0;
        foreach (var (x, y) in batches)
        {
            using var scope = Scope.Begin();
            adam.ZeroGrad();
            var output = model.Forward(x);
            var loss = output.CrossEntropyLoss(y);
            loss.Backward();
            adam.Step();
            if (read) sum += loss.Item();
            if (!measure) continue;
            using var _ = Autograd.NoGrad();
            right += output.Detach().ArgMax(1).Eq(y).Sum().Item();
        }
        GC.KeepAlive((sum, right));
    }

    static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    static IAnsiConsole Quiet() => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null) });

    sealed class Mlp : Layer
    {
        readonly Linear fc1 = new(64, 64, generator: new Generator(3)), fc2 = new(64, 10, generator: new Generator(4));

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Relu().Apply(fc2);
    }
}
