using Candeia.Data;

namespace Candeia.Training.Tests;

[Collection(nameof(Alone))]
public class MemoryTests
{
    [Fact]
    public void Memory_is_flat_over_a_thousand_epochs()
    {
        var learner = Tiny.Learner().With(new EarlyStopping(patience: 10_000, restoreBest: true), new ClipGradNorm(1));
        var (train, valid) = (Tiny.Batches(30), Tiny.Batches(10));
        var fitted = learner.Fit(train, epochs: 20, valid);
        var (managed, allocations, used) = Now();
        learner.Fit(train, epochs: 1000, valid);
        var after = Now();
        Assert.InRange(after.Allocations - allocations, 0, 20);
        Assert.InRange(after.Used - used, long.MinValue, 1 << 16);
        Assert.InRange(after.Managed - managed, long.MinValue, 3 << 19);               // the history of a thousand epochs is not kept, a reserve of the runtime may be
        Assert.Equal(20, fitted.History.Epochs.Count);
    }

    static (long Managed, long Allocations, long Used) Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return (GC.GetTotalMemory(forceFullCollection: true), MemoryPool.Allocations, MemoryPool.BytesInUse);
    }
}
