namespace Candeia.Tests;

/// <summary>What is only stored is never widened as a whole: the memory that is used beside operands and results does not grow with them.</summary>
[Collection(nameof(Alone))]
public class NarrowMemoryTests
{
    const int Count = 1 << 23;                                               // elements: 16 MiB as they are stored, 32 MiB wide
    const long Most = 20L << 20;                                             // bytes beside results, in parts of at most a million elements
    static readonly Generator s_numbers = new(3);

    static Tensor Of(params int[] shape) => Tensor.Randn(new Shape(shape), generator: s_numbers).To(DType.Float16);

    /// <summary>What is computed, of which bytes of results, after what is prepared.</summary>
    public static TheoryData<string> Names => [.. s_cases.Keys];

    static readonly Dictionary<string, Func<Func<long>>> s_cases = new()
    {
        ["sum of all"] = () => Reduce(x => x.Sum()), ["sum of rows"] = () => Reduce(x => x.Sum(0)), ["product"] = () => Reduce(x => x.Prod()),
        ["largest"] = () => Reduce(x => x.Amax()), ["largest of rows"] = () => Reduce(x => x.Amax(0)), ["mean"] = () => Reduce(x => x.Mean()),
        ["mean of rows"] = () => Reduce(x => x.Mean(0)), ["variance"] = () => Reduce(x => x.Var()), ["variance of rows"] = () => Reduce(x => x.Var([0])),
        ["deviation of columns"] = () => Reduce(x => x.Std([1])), ["norm"] = () => Reduce(x => x.Norm()), ["norm of rows"] = () => Reduce(x => x.Norm(3, [0])),
        ["sum of sizes"] = () => Reduce(x => x.Norm(1)), ["gradient of norm"] = () => Differentiate(x => x.Norm()),
        ["gradient of mean"] = () => Differentiate(x => x.Mean()), ["gradient of variance"] = () => Differentiate(x => x.Var([0]).Sum()),
        ["moments of channels"] = () => Channels(x => new ChannelMomentsOp().Apply(x).Mean.Numel),
        ["weight of linear"] = () =>
        {
            Tensor x = Of(Count / 512, 256), grad = Of(Count / 512, 256), weight = Of(256, 256);
            return () => Sizes(new LinearGradientsOp(Wanted.Weight | Wanted.Bias).Apply(grad, x, weight));
        },
        ["weight by a product"] = () =>
        {
            Tensor x = Of(Count / 512, 256), grad = Of(Count / 512, 256);
            return () => Sizes([x.T().MatMul(grad)]);
        },
        ["weight of a convolution"] = () =>
        {
            Tensor x = Of(64, 8, 128, 128).ChannelsLast(), grad = Of(64, 4, 126, 126).ChannelsLast(), weight = Of(4, 8, 3, 3);
            return () => Sizes(new Conv2dGradientsOp(new(1, 0, 1, 1), Wanted.Weight | Wanted.Bias).Apply(grad, x, weight));
        },
        ["layer norm"] = () =>
        {
            Tensor x = Of(Count / 256, 256), grad = Of(Count / 256, 256), each = Of(Count / 256), weight = Of(256);
            return () => Sizes(new LayerNormGradientsOp(1, 1e-5, Wanted.Input | Wanted.Weight | Wanted.Bias).Apply(grad, x, each, each, weight));
        },
        ["group norm"] = () =>
        {
            Tensor x = Of(64, 8, 128, 128).ChannelsLast(), grad = Of(64, 8, 128, 128).ChannelsLast(), each = Of(64, 8), weight = Of(8);
            return () => Sizes(new GroupNormGradientsOp(2, 1e-5, Wanted.Input | Wanted.Weight | Wanted.Bias).Apply(grad, x, each, each, weight));
        },
        ["batch norm"] = () =>
        {
            Tensor x = Of(64, 8, 128, 128).ChannelsLast(), grad = Of(64, 8, 128, 128).ChannelsLast(), each = Of(8).Abs();
            return () => Sizes(new BatchNormGradientsOp(1e-5, OfBatch: true, Wanted.Input | Wanted.Weight | Wanted.Bias).Apply(grad, x, each, each, each));
        },
        ["Adam"] = () =>
        {
            Tensor[] gradients = [Of(Count)], targets = [Of(Count), Of(Count), Of(Count).Abs()];
            return () =>
            {
                new AdamStepOp(0.01, 0.9, 0.99, 1e-6, 3).Apply(gradients, targets);
                return 0;
            };
        },
        ["SGD"] = () =>
        {
            Tensor[] gradients = [Of(Count)], targets = [Of(Count), Of(Count)];
            return () =>
            {
                new SgdStepOp(0.01) { Momentum = 0.9 }.Apply(gradients, targets);
                return 0;
            };
        },
        ["a running mean"] = () =>
        {
            Tensor values = Of(Count), target = Of(Count);
            return () =>
            {
                new BlendOp(0.9, 0.1).Apply(target, values);
                return 0;
            };
        },
    };

    static Func<long> Reduce(Func<Tensor, Tensor> reduce)
    {
        var x = Of(Count / 1024, 1024);
        return () => Sizes([reduce(x).Settle()]);
    }

    static Func<long> Differentiate(Func<Tensor, Tensor> reduce)
    {
        var x = Of(Count / 1024, 1024);
        x.RequiresGrad = true;
        return () => Sizes([Autograd.Gradients(reduce(x), [x])[0].Settle()]);
    }

    static Func<long> Channels(Func<Tensor, long> run)
    {
        var x = Of(64, 8, 128, 128).ChannelsLast();
        return () => run(x);
    }

    static long Sizes(Tensor?[] results) => results.Sum(t => t is null ? 0 : t.Numel * t.DType.Size());

    [Theory]
    [MemberData(nameof(Names))]
    public void Beside_operands_and_results_little_memory_is_used(string name)
    {
        using var scope = Scope.Begin();
        var run = s_cases[name]();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        MemoryPool.Trim();
        long before = MemoryPool.BytesInUse, results = run();
        long used = MemoryPool.HeldBytes + MemoryPool.BytesInUse - before;   // all that was asked of the system, for nothing lay in the pool
        Assert.InRange(used - results, 0, Most);
    }
}
