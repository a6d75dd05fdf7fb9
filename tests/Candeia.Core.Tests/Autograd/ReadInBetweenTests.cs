namespace Candeia.Tests;

/// <summary>What a shortcut passes by may be read, kept, or asked for all the same: values and gradients are those of the plain ops.</summary>
[Collection(nameof(Alone))]
public class ReadInBetweenTests
{
    /// <summary>Each shortcut as the chain up to what is read in between, and the rest.</summary>
    static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor, Tensor> First, Func<Tensor, Tensor> Then)> s_shortcuts = new()
    {
        ["conv | relu"] = ((x, w, b) => x.Conv2d(w, b), h => h.Relu()),
        ["conv | average"] = ((x, w, b) => x.Conv2d(w, b), h => h.AvgPool2d(2)),
        ["conv | max"] = ((x, w, b) => x.Conv2d(w, b), h => h.MaxPool2d(2)),
        ["conv | relu, average"] = ((x, w, b) => x.Conv2d(w, b), h => h.Relu().AvgPool2d(2)),
        ["conv | relu, max"] = ((x, w, b) => x.Conv2d(w, b), h => h.Relu().MaxPool2d(2)),
        ["conv, relu | average"] = ((x, w, b) => x.Conv2d(w, b).Relu(), h => h.AvgPool2d(2)),
        ["conv, relu | max"] = ((x, w, b) => x.Conv2d(w, b).Relu(), h => h.MaxPool2d(2)),
        ["batch norm | relu"] = (Norm, h => h.Relu()),
        ["batch norm | relu6"] = (Norm, h => h.Hardtanh(0, 0.8)),
        ["batch norm | sum"] = (Norm, Added),
        ["batch norm | sum, relu"] = (Norm, h => Added(h).Relu()),
        ["batch norm, sum | relu"] = ((x, w, b) => Added(Norm(x, w, b)), h => h.Relu()),
        ["batch norm | average"] = (Norm, h => h.AvgPool2d(2)),
        ["batch norm, relu | max"] = ((x, w, b) => Norm(x, w, b).Relu(), h => h.MaxPool2d(2)),
        ["chain | chain"] = ((x, w, b) => (x * 0.7).Sigmoid() * x * w[..3, 0, 0, 0].Reshape(3, 1, 1) + b[0], h => 0.5 * h * (1 + (h / 1.4).Erf())),
        ["chain | chain of a bias"] = ((x, w, b) => x * w[..3, 0, 0, 0].Reshape(3, 1, 1).Exp() - b[1], h => (h + 1) / (h * h + 2)),
        ["chain | sum"] = ((x, w, b) => (x * w[..3, 1, 1, 1].Reshape(3, 1, 1) - b[2] * x.Mean([-1], keepDim: true)).Exp(), h => h / h.Sum([-1], keepDim: true)),
        ["linear | relu"] = ((x, w, b) => x.Flatten(1)[.., ..27].Linear(w.Flatten(1), b), h => h.Relu()),
    };

    static Tensor Norm(Tensor x, Tensor w, Tensor b) => x.BatchNorm(null, null, training: true, w[..3, 0, 0, 0], b[..3]);

    static Tensor Added(Tensor h) => h + Tensor.Linspace(-1, 1, (int)h.Numel, h.DType).Reshape(h.Shape).To(h.Device);

    /// <summary>What happens to the tensor in between, after the rest has been applied; a number that goes into the loss may come of it.</summary>
    static readonly Dictionary<string, Func<Tensor, Tensor?>> s_readings = new()
    {
        ["nothing"] = _ => null,
        ["skip connection"] = h => h.Square().Sum(),
        ["retain gradient"] = h => { h.RetainGrad(); return null; },
        ["printing"] = h => { _ = h.ToString(); return null; },
        ["settling"] = h => { h.Settle(); return null; },
        ["used twice"] = h => ((h * 0.3).Tanh() + h).Sum(),
    };

    public static TheoryData<string, string, bool, bool> Cases
    {
        get
        {
            TheoryData<string, string, bool, bool> cases = [];
            foreach (string shortcut in s_shortcuts.Keys)
                foreach (string reading in s_readings.Keys)
                    foreach (bool createGraph in (bool[])[false, true])
                        foreach (bool elsewhere in (bool[])[false, true]) cases.Add(shortcut, reading, createGraph, elsewhere);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_are_those_of_the_plain_ops(string shortcut, string reading, bool createGraph, bool elsewhere)
    {
        double[][] Gradients(bool absorbing)
        {
            using var way = Absorption.Allow(absorbing);
            using var chained = ChainLength.From(1);
            var device = elsewhere ? new ForeignDevice() : Device.Cpu;
            var g = new Generator(5);
            Tensor[] leaves = [.. new Shape[] { [2, 3, 6, 6], [4, 3, 3, 3], [4] }.Select(s => Tensor.Randn(s, DType.Float64, g).To(device).Detach())];
            foreach (var leaf in leaves) leaf.RequiresGrad = true;
            var (first, then) = s_shortcuts[shortcut];
            var h = first(leaves[0], leaves[1], leaves[2]);
            var y = then(h);
            var loss = (y * y).Sum();
            if (s_readings[reading](h) is { } more) loss += more;
            loss.Backward(createGraph: createGraph);
            if (!createGraph) return [.. leaves.Select(l => l.Grad!.ToArray<double>()), h.Grad?.ToArray<double>() ?? []];
            var slope = leaves[1].Grad!.Square().Sum();
            return [.. Autograd.Gradients(slope, leaves).Select(t => t.ToArray<double>()), h.Grad?.ToArray<double>() ?? []];
        }
        double[][] plain = Gradients(absorbing: false), fused = Gradients(absorbing: true);
        Assert.Equal(plain.Length, fused.Length);
        for (int i = 0; i < plain.Length; i++)
        {
            Assert.Equal(plain[i].Length, fused[i].Length);
            for (int k = 0; k < plain[i].Length; k++) Assert.Equal(plain[i][k], fused[i][k], 1e-9 * Math.Max(1, Math.Abs(plain[i][k])));
        }
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void The_encoder_of_a_u_net_is_trained(int window)
    {
        Tensor x = Tensor.Randn([1, 2, 12, 12]), w = Tensor.Randn([3, 2, 3, 3]);
        w.RequiresGrad = true;
        var c = x.Conv2d(w).Relu();
        var y = c.MaxPool2d(window);
        (y.Sum() + c.Sum()).Backward();
        Assert.Equal(w.Shape, w.Grad!.Shape);
    }
}
