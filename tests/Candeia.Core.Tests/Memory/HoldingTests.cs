using System.Runtime.CompilerServices;

namespace Candeia.Tests;

/// <summary>The garbage collector gives no memory back that somebody still reads or writes.</summary>
[Collection(nameof(Alone))]
public class HoldingTests
{
    /// <summary>A kernel during which the garbage collector comes.</summary>
    readonly struct Collecting(WeakReference[] memory, List<bool> seen) : IElementwise
    {
        public void Run(Block block)
        {
            Collect();
            lock (seen) foreach (var m in memory) seen.Add(m.IsAlive);
        }
    }

    static void Collect()
    {
        Task.Run(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }).Wait();
    }

    [Theory]
    [InlineData(16)]
    [InlineData(100_000)]
    public void Kernels_hold_what_nobody_else_does(int count)
    {
        var runs = Made(count, out var memory);
        List<bool> seen = [];
        runs.Run(new Collecting(memory, seen));
        Assert.NotEmpty(seen);
        Assert.DoesNotContain(false, seen);
        runs.Dispose();
        Collect();
        Assert.All(memory, m => Assert.False(m.IsAlive));                    // and no longer than the kernel runs
    }

    [Fact]
    public void Pins_hold_what_nobody_else_does()
    {
        WeakReference memory;
        using (var pins = Pins.Of(Fresh(16, out memory)))
        {
            Collect();
            Assert.True(memory.IsAlive);
            Assert.Equal(16, pins.Span<float>(0).Length);
        }
    }

    /// <summary>A tensor that another thread moves to other memory while a kernel reads the old.</summary>
    [Fact]
    public void Pins_hold_the_memory_that_a_tensor_leaves()
    {
        var x = Fresh(16, out var memory);
        Move(x, memory);
        Collect();
        Assert.False(memory.IsAlive);
        Assert.Equal(0, x.Sum().Item());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Move(Tensor x, WeakReference memory)
    {
        using var pins = Pins.Of(x);
        var moving = new Thread(() => x.Become(Tensor.Zeros([16])));
        moving.Start();
        moving.Join();
        Collect();
        Assert.True(memory.IsAlive);
        Assert.Equal(Enumerable.Repeat(1f, 16), pins.Span<float>(0).ToArray());
    }

    [Fact]
    public void A_device_is_told_of_memory_that_nobody_else_holds()
    {
        Moving device = new();
        var x = Tensor.Zeros([16], device: device);
        device.Told = () => x.Become(Tensor.Ones([4], device: device));
        _ = x.Exp();
        Assert.True(device.WasAlive);
    }

    /// <summary>A device that is told of an op while another thread moves its input.</summary>
    sealed class Moving : Device
    {
        public Action? Told { get; set; }

        public bool WasAlive { get; private set; }

        public override string Name => "moving:0";

        protected override Storage Allocate(long bytes) => new Memory(this, bytes);

        protected override bool TryRun(in OpCall call)
        {
            if (call.Op is ExpOp && Told is { } told)
            {
                Told = null;
                var memory = Operand(call);
                var moving = new Thread(() => told());
                moving.Start();
                moving.Join();
                Collect();
                WasAlive = memory.IsAlive;
            }
            return true;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Operand(in OpCall call) => new(call.Input(0).Storage);

        protected override void CopyToHost(Storage source, long offset, Span<byte> target) => target.Clear();

        protected override void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset)
        {
        }

        sealed class Memory(Device device, long bytes) : Storage(device, bytes)
        {
            protected override void Free()
            {
            }
        }
    }

    /// <summary>Tensors that are forgotten at once, while what they leave behind is overwritten by others.</summary>
    [Fact]
    public async Task Ops_compute_the_same_while_the_collector_never_rests()
    {
        string[] expected = [.. OpTable.Rows.Select(Values)];
        using var stop = new CancellationTokenSource();
        Task[] others = [Task.Run(() => Until(Collect, stop.Token)), Task.Run(() => Until(Overwrite, stop.Token))];
        try
        {
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], Values(OpTable.Rows[i]));
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(others);
        }
    }

    static string Values(OpTable.Row row) => string.Join(' ', row.Run(OpInputs.Of(row, DType.Float32, false)).ToArray<double>());

    static void Until(Action act, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) act();
    }

    /// <summary>What lies in the pool gets numbers that would be noticed.</summary>
    static unsafe void Overwrite()
    {
        var blocks = new (nint At, int Bytes)[256];
        for (int i = 0; i < blocks.Length; i++)
        {
            int bytes = 64 << i % 8;
            blocks[i] = (MemoryPool.Rent(bytes), bytes);
            new Span<float>((void*)blocks[i].At, bytes / sizeof(float)).Fill(float.NaN);
        }
        foreach (var (at, bytes) in blocks) MemoryPool.Return(at, bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Runs Made(int count, out WeakReference[] memory)
    {
        Tensor x = Fresh(count, out var from), y = Fresh(count, out var to);
        memory = [from, to];
        return Runs.Of(y, x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Tensor Fresh(int count, out WeakReference memory)
    {
        var x = Tensor.Ones([count]);
        memory = new(x.Storage);
        return x;
    }
}
