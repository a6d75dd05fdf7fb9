namespace Candeia.Distributed;

/// <summary>The processes that a launcher has started together, such as <c>mpirun -n 4</c>; a program that nobody started so is alone.</summary>
/// <example><code>
/// var world = World.Ranks;
/// Console.WriteLine($"rank {world.Rank} of {world.Size}");      // → rank 0 of 1
/// </code></example>
public static class World
{
    static readonly Lazy<ICommunicator> s_ranks = new(Begin);

    /// <summary>
    /// All processes. The first use finds MPI and begins it; a rank that ends with an exit code other than 0 ends all. One thread uses this at a time.
    /// </summary>
    /// <exception cref="DistributedException">There is a launcher, but no library of its MPI; the message says what to install.</exception>
    public static ICommunicator Ranks => s_ranks.Value;

    /// <summary>Lets the first rank make something before the others do: a data set that is downloaded once, and then found by all.</summary>
    /// <param name="make">Makes or finds it.</param>
    /// <param name="ranks">Whose first rank; all processes unless told otherwise.</param>
    /// <example><code>
    /// var data = World.FirstRankFirst(() => new TensorDataset(Tensor.Ones([4, 2]), Tensor.Ones([4, 1])));
    /// Console.WriteLine(data.Count);      // → 4
    /// </code></example>
    public static T FirstRankFirst<T>(Func<T> make, ICommunicator? ranks = null)
    {
        ArgumentNullException.ThrowIfNull(make);
        ranks ??= Ranks;
        if (ranks.Rank == 0)
        {
            var made = make();
            ranks.Barrier();
            return made;
        }
        ranks.Barrier();
        return make();
    }

    static ICommunicator Begin() => Launcher.Find(Environment.GetEnvironmentVariable) is { Size: > 1 } launcher ? MpiWorld.Begin(launcher) : new SingleCommunicator();
}
