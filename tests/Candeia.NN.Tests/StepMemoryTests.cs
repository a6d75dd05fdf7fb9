using Candeia.NN;

namespace Candeia.Tests;

/// <summary>What a training step leaves to the garbage collector: objects that describe tensors, and no numbers.</summary>
public class StepMemoryTests
{
    [Fact]
    public void A_small_step_makes_little_garbage()
    {
        Sequential model = [new Linear(64, 64), new ReLU(), new Linear(64, 10)];
        Tensor x = Tensor.Randn([32, 64]), y = Tensor.Arange(32).Remainder(10);
        Assert.InRange(Least(model, x, y, steps: 300), 1, 8 << 10);
    }

    [Fact]
    public void Attention_keeps_no_tables_of_its_heads()
    {
        var model = new TransformerEncoderLayer(32, 4, 64, dropout: 0);
        Tensor few = Tensor.Randn([2, 4, 32]), many = Tensor.Randn([64, 4, 32]);
        Assert.InRange(Least(model, many, Tensor.Zeros([64], DType.Int64)) - Least(model, few, Tensor.Zeros([2], DType.Int64)), -2048, 2048);
    }

    /// <summary>The bytes of the leanest of some steps: the others may have had something compiled.</summary>
    static long Least(Layer model, Tensor x, Tensor y, int steps = 60)
    {
        var optimizer = new Adam(model.Parameters());
        long least = long.MaxValue;
        for (int i = 0; i < steps; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using (Scope.Begin())
            {
                optimizer.ZeroGrad();
                var output = model.Forward(x);
                (output.Rank > 2 ? output.Mean([1]) : output).CrossEntropyLoss(y).Backward();
                optimizer.Step();
            }
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
