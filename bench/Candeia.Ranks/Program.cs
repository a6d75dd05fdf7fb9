using System.Diagnostics;
using Candeia.Distributed;

namespace Candeia.Ranks;

/// <summary>What a rank does when the tests start it: <c>mpirun -n 2 dotnet Candeia.Ranks.dll verbs</c>.</summary>
static class Program
{
    static int Main(string[] args)
    {
        if (args is not [var what, .. var rest])
        {
            Console.Error.WriteLine("verbs | fault | train FOLDER [SHARDS] | stream FOLDER [SHARDS] | mortal[-stream] FOLDER STEP | exchange MEGABYTES | steps COUNT [PICTURES] | lost HOW: what a rank does when it is started by mpirun.");
            return 2;
        }
        ICommunicator world;
        try
        {
            world = World.Ranks;
        }
        catch (DistributedException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        switch (what)
        {
            case "verbs":
                Verbs.Check(world);
                world.Barrier();
                if (world.Rank == 0) Console.WriteLine($"verbs are right on {world.Size} ranks by {world.Carrier}");
                return 0;
            case "fault":                                                    // a library that took .NET's signals would end the process here
                try
                {
                    _ = ((string)null!).Length;
                }
                catch (NullReferenceException)
                {
                    Console.WriteLine($"rank {world.Rank} has caught it");
                }
                return 0;
            case "train" or "stream":
                int? shards = rest.Length > 1 ? int.Parse(rest[1]) : null;
                string hash = what == "train" ? Experiment.Run(world, rest[0], shards) : Experiment.Streamed(world, rest[0], shards);
                if (world.Rank == 0) Console.WriteLine(hash);
                return 0;
            case "mortal" or "mortal-stream":                                // one rank dies once, at some step
                var dies = new Lost.Once(rest[0], int.Parse(rest[1]), world.Rank == world.Size - 1);
                string risen = what == "mortal" ? Experiment.Run(world, rest[0], 4, other: dies, patience: 10) : Experiment.Streamed(world, rest[0], 4, other: dies, patience: 10);
                if (world.Rank == 0) Console.WriteLine(risen);
                return 0;
            case "steps":
                Steps.Measure(world, int.Parse(rest[0]), rest.Length > 1 ? int.Parse(rest[1]) : 64);
                return 0;
            case "exchange":
                Exchange(world, int.Parse(rest[0]));
                return 0;
            default:
                return Lost.Run(world, rest[0]);
        }
    }

    /// <summary>How long sums take.</summary>
    static void Exchange(ICommunicator world, int megabytes)
    {
        float[] values = new float[megabytes << 18], received = new float[values.Length];
        Tensor gradient = Tensor.Ones([values.Length]);
        using var memory = new CommonMemory(world);
        Action Whole(CommonMemory? where, bool isNarrow = false)
        {
            Bucket[] buckets = [.. Bucket.For([gradient], world.Size, where, isNarrow)];
            return () =>
            {
                foreach (var bucket in buckets) bucket.Lay(static g => g, 1);
                foreach (var bucket in buckets) bucket.Sum(world);
                foreach (var bucket in buckets) bucket.Give(static g => g, world.Size);
            };
        }
        foreach (var (name, sum) in new (string, Action)[]
        {
            ("the library's own", () => world.AllReduce<float>(values)),
            ("in a fixed order", () => OrderedSum.Over(world, values, received)),
            ("in a fixed order, from gradients to their means", Whole(null)),
            ("as bfloat16, from gradients to their means", Whole(null, isNarrow: true)),
            ("where gradients are added up here, from gradients to their means", Whole(memory)),
        })
        {
            double[] times = [.. Enumerable.Range(0, 12).Select(_ =>
            {
                world.Barrier();
                long start = Stopwatch.GetTimestamp();
                sum();
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }).Skip(2).Order()];
            if (world.Rank == 0) Console.WriteLine($"{megabytes} MB, {world.Size} ranks, {world.Carrier}, {name}: {times[0]:F1} ms at least, {times[times.Length / 2]:F1} ms in the median");
        }
    }
}
