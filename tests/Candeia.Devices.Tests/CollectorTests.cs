using Candeia.Tests;

namespace Candeia.Devices.Tests;

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Memory of a device that nobody holds, which the garbage collector cannot see by itself.</summary>
[Collection(nameof(Alone))]
public class CollectorTests
{
    [Fact]
    public void Memory_comes_back_at_the_end_of_a_scope()
    {
        var device = new ForeignDevice();
        using (Scope.Begin())
        {
            var x = Tensor.Zeros([1000], device: device);
            _ = x + 1;
            Assert.Equal(8000, device.Used);
        }
        Assert.Equal(0, device.Used);
    }

    /// <summary>There is hardly any managed garbage: if the collector comes, it is because it was told of the rest.</summary>
    [Fact]
    public void The_collector_is_told_of_it()
    {
        var device = new Pretended();
        int made = 0;
        for (; made < 3000 && device.Used == (long)made << 20; made++)
        {
            _ = Tensor.Empty([1 << 18], device: device);
            if (made > 1000) Thread.Sleep(5);                                // the collector works beside us
        }
        Assert.InRange(device.Used, 0, ((long)made << 20) - 1);
    }

    /// <summary>A device whose memory does not exist.</summary>
    sealed class Pretended : Device
    {
        long _used;

        public long Used => Interlocked.Read(ref _used);

        public override string Name => "pretended:0";

        protected override Storage Allocate(long bytes)
        {
            Interlocked.Add(ref _used, bytes);
            return new Nothing(this, bytes);
        }

        protected override bool TryRun(in OpCall call) => false;

        protected override void CopyToHost(Storage source, long offset, Span<byte> target) => target.Clear();

        protected override void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset)
        {
        }

        sealed class Nothing(Pretended device, long bytes) : Storage(device, bytes)
        {
            protected override void Free() => Interlocked.Add(ref ((Pretended)Device)._used, -Bytes);
        }
    }
}
