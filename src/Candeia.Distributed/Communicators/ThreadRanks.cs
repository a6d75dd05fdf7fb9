using System.Runtime.ExceptionServices;

namespace Candeia.Distributed;

/// <summary>Ranks that are threads of this process: for tests of programs that will run on several machines.</summary>
public static class ThreadRanks
{
    /// <summary>Runs a program once for each rank, all at once, and waits for all. If one fails the others are ended, and its exception is thrown.</summary>
    /// <param name="count">How many ranks.</param>
    /// <param name="program">Gets a rank's communicator.</param>
    /// <example><code>
    /// ThreadRanks.Run(3, world =>
    /// {
    ///     double[] sum = [world.Rank];
    ///     world.AllReduce&lt;double>(sum);
    ///     if (world.Rank == 0) Console.WriteLine(sum[0]);
    /// });
    /// // → 3
    /// </code></example>
    public static void Run(int count, Action<ICommunicator> program) => Run(count, program, sharesMemory: false);

    /// <summary>The same, in which ranks may add up in common memory, as processes of one machine do.</summary>
    internal static void Run(int count, Action<ICommunicator> program, bool sharesMemory)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(program);
        var meeting = new Meeting(count);
        var random = Generator.Default.State;
        Exception? first = null;
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            using var own = Generator.Use(new(random));                      // each draws for itself, as processes do
            try
            {
                program(new ThreadCommunicator(meeting, rank, sharesMemory));
            }
#pragma warning disable CA1031 // thrown again on the caller's thread
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref first, e, null);
                meeting.End($"Rank {rank} has failed: {e.Message}");
            }
        }, maxStackSize: 4 << 20) { IsBackground = true, Name = $"rank {rank}" })];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        if (first is not null) ExceptionDispatchInfo.Throw(first);
    }
}
