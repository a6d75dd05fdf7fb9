using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Bench;

/// <summary>What the trainer costs beside a loop by hand: an MLP 64 → 64 → 10 on batches of 32, in turn, by processor time.</summary>
static class Overhead
{
    const int Batch = 32, Batches = 200, Epochs = 5, Rounds = 31;

    public static void Report()
    {
        var data = new TensorDataset(Tensor.Randn([Batch * Batches, 64], generator: new Generator(1)), Tensor.Randint(0, 10, [Batch * Batches], generator: new Generator(2)));
        Batch[] batches = [.. data.Loader(Batch, workers: 0)];
        var hand = new Mlp();
        var adam = new Adam(hand.Parameters());
        var bare = new Mlp().Setup((y, t) => y.CrossEntropyLoss(t), p => new Adam(p)) with { Callbacks = [] };
        var measured = new Mlp().Setup((y, t) => y.CrossEntropyLoss(t), p => new Adam(p), new Accuracy()) with { Callbacks = [] };
        var full = measured with { Callbacks = [new Training.Progress(TextWriter.Null, width: 80), new Interrupt()] };
        var (bareFit, measuredFit, fullFit) = (bare.Fit(batches, Epochs), measured.Fit(batches, Epochs), full.Fit(batches, Epochs));
        (string Name, Action Epoch)[] ways =
        [
            ("by hand", () => ByHand(hand, adam, batches)),
            ("by hand, loss read", () => ByHand(hand, adam, batches, read: true)),
            ("by hand, loss and accuracy", () => ByHand(hand, adam, batches, read: true, measure: true)),
            ("trainer without callbacks", () => bareFit = bareFit.Fit(batches, Epochs)),
            ("trainer, accuracy", () => measuredFit = measuredFit.Fit(batches, Epochs)),
            ("trainer, progress, accuracy", () => fullFit = fullFit.Fit(batches, Epochs)),
        ];
        double[][] seconds = [.. ways.Select(_ => new double[Rounds])];
        foreach (var (_, epoch) in ways) for (int i = 0; i < 5; i++) epoch();
        for (int round = 0; round < Rounds; round++)
            for (int way = 0; way < ways.Length; way++)
            {
                var start = Environment.CpuUsage.TotalTime;
                ways[(way + round) % ways.Length].Epoch();
                seconds[(way + round) % ways.Length][round] = (Environment.CpuUsage.TotalTime - start).TotalSeconds / (Batches * Epochs);
            }
        double[] medians = [.. seconds.Select(Median)];
        for (int way = 0; way < ways.Length; way++)
            Console.WriteLine($"  {ways[way].Name,-30}{medians[way] * 1e6,8:F2} µs a batch, {medians[way] / medians[0],7:P1} of the loop by hand, at best {seconds[way].Min() / seconds[0].Min(),7:P1}");
    }

    static void ByHand(Mlp model, Adam adam, Batch[] batches, bool read = false, bool measure = false)
    {
        double sum = 0, right = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
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

    sealed class Mlp : Layer
    {
        readonly Linear fc1 = new(64, 64, generator: new Generator(3)), fc2 = new(64, 10, generator: new Generator(4));

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Relu().Apply(fc2);
    }
}
