using Candeia.NN;
using Candeia.Ranks;
using Candeia.Training;

namespace Candeia.Distributed.Tests;

/// <summary>Ranks of one machine that add up gradients in memory which all of them see.</summary>
public class SharedMemoryTests
{
    [Theory]
    [InlineData(2, false, "")]
    [InlineData(3, true, "")]
    [InlineData(4, true, "")]
    [InlineData(3, false, "clip")]
    [InlineData(2, true, "accumulate")]
    [InlineData(3, false, "wide")]
    [InlineData(2, true, "split")]
    public void Sums_in_common_memory_have_the_bits_of_those_by_messages(int ranks, bool overlap, string other)
    {
        Fitted<Together.Net> Fit(ICommunicator world) => Together.Learner(optimizer: p => new Adam(p, 0.01)).With(
            [Together.Parallel(world, overlap: overlap, splits: other == "split"), .. other switch
            {
                "clip" => new Callback[] { new ClipGradNorm(0.5) }, "accumulate" => [new AccumulateGradients(2)], "wide" => [new MixedPrecision(DType.Float64)], _ => [],
            }]).Fit(Together.Batches(67), epochs: 2);
        Together.SameBits([.. Together.Fit(ranks, Fit), .. Together.Fit(ranks, Fit, sharesMemory: true)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Shards_have_the_same_bits_there(int ranks)
    {
        using var folder = new TemporaryFolder();
        string expected = Experiment.Run(new SingleCommunicator(), folder["one"], 4);
        string[] hashes = new string[ranks];
        ThreadRanks.Run(ranks, world => hashes[world.Rank] = Experiment.Run(world, folder[$"{ranks}"], 4), sharesMemory: true);
        Assert.All(hashes, hash => Assert.Equal(expected, hash));
    }

    /// <summary>A rank that is late still reads the sums before when another one begins to lay down the next.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void What_somebody_still_reads_is_not_written(int ranks) => ThreadRanks.Run(ranks, world =>
    {
        Tensor source = Tensor.Zeros([1000]), sum = Tensor.Zeros([1000]);
        var bucket = Assert.Single(Bucket.For([sum], ranks, new(world)));
        Assert.IsType<TensorBucket>(bucket);
        for (int round = 0; round < 200; round++)
        {
            bucket.Lay(_ => source.Fill(round + world.Rank), 2);
            bucket.Sum(world);
            if (round % ranks == world.Rank && round % 20 < 4) Thread.Sleep(2);
            bucket.Give(t => t, 2);
            Assert.All(sum.ToArray<float>(), value => Assert.Equal(ranks * round + ranks * (ranks - 1) / 2, value));
        }
    }, sharesMemory: true);

    /// <summary>A file without a name, which the other ranks open where the first has it.</summary>
    [SkippableFact]
    public void Processes_of_one_machine_find_the_memory_of_the_first()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "Elsewhere messages are sent.");
        ThreadRanks.Run(3, world =>
        {
            Assert.True(MpiSharing.AreTogether(world));
            var memory = new SharedMemory(MpiSharing.Memory(world, SharedMemory.Bytes(3, 8))!, world.Rank, 3, () => Thread.Sleep(0));
            memory.Part(world.Rank, 2, DType.Float32).Fill(world.Rank + 1);
            memory.Await(memory.Arrive());
            Assert.Equal([1, 1, 2, 2, 3, 3], Enumerable.Range(0, 3).SelectMany(rank => memory.Part(rank, 2, DType.Float32).ToArray<float>()));
        });
        Assert.DoesNotContain(Directory.EnumerateFiles("/proc/self/fd"), file => new FileInfo(file).LinkTarget?.Contains("memfd:candeia", StringComparison.Ordinal) == true);
    }

    [SkippableFact]
    public void Without_enough_memory_messages_are_sent()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "Elsewhere messages are sent.");
        long tooMuch = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        Assert.InRange(tooMuch, 1L << 28, 1L << 50);                         // it is known, and what is asked for is not begun
        ThreadRanks.Run(2, world => Assert.Null(MpiSharing.Memory(world, tooMuch)));
        Assert.Null(SharedFile.Open("/proc/self/fd/12345678", 8));
        Assert.Null(SharedFile.Open("/proc/self/status", 8));                 // a file, but of another length
    }
}
