namespace Candeia.Tests;

[Collection(nameof(Alone))]
public class MemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(100_000)]
    [InlineData(5_000_001)]
    public void Blocks_are_aligned_and_come_back(long bytes)
    {
        nint block = MemoryPool.Rent(bytes);
        Assert.Equal(0, block % 64);
        MemoryPool.Return(block, bytes);
        Assert.Equal(block, MemoryPool.Rent(bytes));
        MemoryPool.Return(block, bytes);
    }

    [Fact]
    public void A_size_class_wastes_at_most_an_eighth()
    {
        for (long bytes = 600; bytes < 1L << 40; bytes += bytes / 7)
        {
            MemoryPool.SizeClass(bytes, out long size);
            Assert.InRange(size, bytes, bytes * 9 / 8 + 64);
        }
    }

    [Fact]
    public void A_steady_step_allocates_nothing_new()
    {
        var x = Tensor.Randn([8, 1, 40, 40], generator: new Generator(1));
        Tensor[] parameters = [.. new[] { new Shape([8, 1, 3, 3]), new Shape([8]), new Shape([4, 8 * 19 * 19]) }.Select(s => Tensor.Randn(s, generator: new Generator(2)))];
        foreach (var p in parameters) p.RequiresGrad = true;
        void Step()
        {
            using var scope = Scope.Begin();
            foreach (var p in parameters) p.Grad = null;
            x.Conv2d(parameters[0], parameters[1]).Relu().AvgPool2d(2).Flatten(1).Linear(parameters[2]).Square().Mean().Backward();
            foreach (var p in parameters) scope.Adopt(p.Grad!);
        }
        for (int i = 0; i < 5; i++) Step();
        GC.Collect();
        GC.WaitForPendingFinalizers();   // what earlier tests forgot must not come back while we count
        long allocations = MemoryPool.Allocations, inUse = MemoryPool.BytesInUse, managed = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Step();
        Assert.Equal(allocations, MemoryPool.Allocations);
        Assert.InRange(MemoryPool.BytesInUse, 0, inUse);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - managed) / 100, 0, 16 * 1024);
    }

    [Fact]
    public void What_is_forgotten_comes_back_by_itself()
    {
        static void Forget()
        {
            for (int i = 0; i < 20; i++) _ = Tensor.Ones([1 << 18]);
        }
        long before = MemoryPool.BytesInUse;
        Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.InRange(MemoryPool.BytesInUse - before, long.MinValue, 4 << 20);
    }

    [Fact]
    public void Nested_scopes_end_in_order()
    {
        var outer = Scope.Begin();
        var a = Tensor.Ones([2]);
        var inner = Scope.Begin();
        var b = Tensor.Ones([3]);
        Assert.Throws<InvalidOperationException>(outer.Dispose);
        inner.Dispose();
        Assert.Equal([1f, 1f], a.ToArray<float>());
        Assert.Throws<ObjectDisposedException>(() => b.Sum());
        outer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => a.Sum());
    }

    [Fact]
    public void A_scope_can_adopt_and_let_go()
    {
        var kept = Tensor.Ones([2]);
        Tensor free;
        using (var scope = Scope.Begin())
        {
            scope.Adopt(kept);
            free = Tensor.Ones([2]).Keep();
        }
        Assert.Throws<ObjectDisposedException>(() => kept.Sum());
        Assert.Equal(2, (float)free.Sum());
    }

    /// <summary>One tensor at a time, of many sizes: what has been in use together bounds what lies unused, not the sum over all sizes.</summary>
    [Fact]
    public void Sizes_that_were_used_one_after_the_other_are_not_all_kept()
    {
        MemoryPool.Trim();
        for (int i = 1; i <= 120; i++)
        {
            using var scope = Scope.Begin();
            _ = Tensor.Empty([i << 19]);                                     // 2 … 240 MB
            Assert.InRange(MemoryPool.HeldBytes, 0, MemoryPool.Limit);
        }
        Assert.InRange(MemoryPool.HeldBytes, 0, MemoryPool.BytesInUse + (512L << 20));
    }

    [Fact]
    public void A_block_that_is_not_needed_for_long_is_given_up_and_one_that_is_needed_stays()
    {
        const long Large = 96 << 20, Small = 1 << 20;
        MemoryPool.Trim();
        long before = MemoryPool.HeldBytes;
        MemoryPool.Return(MemoryPool.Rent(Large), Large);
        nint used = MemoryPool.Rent(Small);
        MemoryPool.Return(used, Small);
        Assert.True(MemoryPool.HeldBytes >= before + Large);
        long allocations = MemoryPool.Allocations;
        for (int i = 0; i < 4 << 16; i++)
        {
            nint block = MemoryPool.Rent(Small);
            Assert.Equal(used, block);
            MemoryPool.Return(block, Small);
        }
        Assert.Equal(allocations, MemoryPool.Allocations);
        Assert.InRange(MemoryPool.HeldBytes, 0, before + Large - 1);
    }

    /// <summary>A loop without scopes and with batches of all sizes: the collector is called before the system is asked for more and more.</summary>
    [Fact]
    public void What_is_forgotten_is_looked_for_before_new_memory_is_taken()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        MemoryPool.Trim();
        long start = MemoryPool.BytesInUse, most = 0;
        var g = new Generator(1);
        for (int i = 0; i < 4000; i++)                                       // some 32 GB, if none came back
        {
            _ = Tensor.Empty([1 + g.NextInt(4 << 20)]);
            most = Math.Max(most, MemoryPool.BytesInUse + MemoryPool.HeldBytes);
        }
        Assert.InRange(most, 0, 6 * start + (1L << 30));
    }

    /// <summary>Four hundred tensors of 1 to 400 MB, one at a time and each in a scope of its own: what stays is what one of them needs, not the sum.</summary>
    [Fact]
    public void The_peak_of_every_size_is_not_kept()
    {
        MemoryPool.Trim();
        long before = MemoryPool.BytesInUse;
        for (int i = 1; i <= 400; i++)
        {
            using var scope = Scope.Begin();
            _ = Tensor.Empty([i << 18]);
        }
        Assert.InRange(MemoryPool.BytesInUse, 0, before + (1 << 20));
        Assert.InRange(MemoryPool.HeldBytes, 0, MemoryPool.Limit);
        Assert.InRange(MemoryPool.Limit, 0, 2 * before + (640L << 20));       // an eighth more than 400 MB, and what does not matter
    }

    /// <summary>A training loop without scopes, with batches of 1 to 4,000 rows: its memory does not rise with the steps.</summary>
    [Fact]
    public void A_loop_without_scopes_and_with_batches_of_all_sizes_stays_small()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        MemoryPool.Trim();
        long start = MemoryPool.BytesInUse, most = 0;
        var g = new Generator(2);
        Tensor[] weights = [Tensor.Randn([32, 64], generator: g), Tensor.Randn([1, 32], generator: g)];
        foreach (var w in weights) w.RequiresGrad = true;
        for (int i = 0; i < 2500; i++)
        {
            Step(Tensor.Rand([1 + g.NextInt(4000), 64], generator: g));
            most = Math.Max(most, MemoryPool.BytesInUse + MemoryPool.HeldBytes);
        }
        Assert.InRange(most, 0, 6 * start + (512L << 20));                    // 643 MB after as many steps, and rising, before forgotten tensors were looked for

        void Step(Tensor x)
        {
            foreach (var w in weights) w.Grad = null;
            x.Linear(weights[0]).Relu().Linear(weights[1]).Square().Mean().Backward();
            using var noGrad = Autograd.NoGrad();
            foreach (var w in weights) w[..] -= w.Grad! * 1e-6;
        }
    }

    [Fact]
    public void What_the_system_refuses_is_not_counted_as_lent()
    {
        long before = MemoryPool.BytesInUse, limit = MemoryPool.Limit;
        var refusal = Assert.ThrowsAny<OutOfMemoryException>(() => Tensor.Empty([int.MaxValue, 1 << 14]));
        Assert.Matches("no 1[0-9][0-9],[0-9]{3},[0-9]{3} MiB of memory for a tensor.*fewer samples", refusal.Message);
        Assert.Equal(limit, MemoryPool.Limit);
        Assert.InRange(MemoryPool.BytesInUse, 0, before);
    }
}
