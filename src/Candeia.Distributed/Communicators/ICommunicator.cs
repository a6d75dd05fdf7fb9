namespace Candeia.Distributed;

/// <summary>
/// What processes that work together, the ranks, say to each other. All ranks call the same methods in the same order, each with its own data; a call
/// ends when the others have come as far as it needs them.
/// </summary>
/// <remarks>Elements are <c>float</c>, <c>double</c>, <c>long</c>, <c>int</c> or <c>byte</c>. A communicator is used by one thread at a time; another thread takes a <see cref="Duplicate"/>.</remarks>
public interface ICommunicator : IDisposable
{
    /// <summary>Which one this process is, counted from 0.</summary>
    int Rank { get; }

    /// <summary>How many there are.</summary>
    int Size { get; }

    /// <summary>What carries the messages, as people call it: <c>Open MPI 4.1.4</c>.</summary>
    string Carrier { get; }

    /// <summary>Puts in the place of every number the sum (or the largest) of those that all ranks have there.</summary>
    /// <param name="values">As many on every rank.</param>
    /// <param name="how">What becomes of them.</param>
    /// <exception cref="NotSupportedException">Nobody adds such elements.</exception>
    void AllReduce<T>(Span<T> values, ReduceOp how = ReduceOp.Sum) where T : unmanaged;

    /// <summary>Begins an <see cref="AllReduce"/> and goes on meanwhile. The numbers are not to be touched until it has ended.</summary>
    /// <param name="values">As many on every rank.</param>
    /// <param name="how">What becomes of them.</param>
    IPending BeginAllReduce<T>(T[] values, ReduceOp how = ReduceOp.Sum) where T : unmanaged;

    /// <summary>Gives all ranks what one of them has.</summary>
    /// <param name="values">As many on every rank.</param>
    /// <param name="from">Whose they are.</param>
    void Broadcast<T>(Span<T> values, int from = 0) where T : unmanaged;

    /// <summary>Gives all ranks what each has, one after the other.</summary>
    /// <param name="mine">As many on every rank.</param>
    /// <param name="all">Gets them: <see cref="Size"/> times as many.</param>
    void AllGather<T>(ReadOnlySpan<T> mine, Span<T> all) where T : unmanaged;

    /// <summary>Sends each rank a part of its own, and gets one of each.</summary>
    /// <param name="send">A part for every rank, one after the other, all of the same size.</param>
    /// <param name="receive">The parts that the ranks have sent to this one.</param>
    void AllToAll<T>(ReadOnlySpan<T> send, Span<T> receive) where T : unmanaged;

    /// <summary>Begins an <see cref="AllToAll"/> and goes on meanwhile. Neither array is to be touched until it has ended.</summary>
    /// <param name="send">A part for every rank, one after the other, all of the same size.</param>
    /// <param name="receive">As long; the parts that the ranks have sent to this one.</param>
    IPending BeginAllToAll<T>(T[] send, T[] receive) where T : unmanaged;

    /// <summary>Begins an <see cref="AllGather"/> and goes on meanwhile. Neither array is to be touched until it has ended.</summary>
    /// <param name="mine">Begins with what this rank gives, as many on every rank.</param>
    /// <param name="all">Gets them, and says by its length how many: <see cref="Size"/> times as many.</param>
    IPending BeginAllGather<T>(T[] mine, T[] all) where T : unmanaged;

    /// <summary>Waits until all ranks are here.</summary>
    void Barrier();

    /// <summary>Whether two threads of a rank may talk at once, each on a line of its own.</summary>
    bool AllowsThreads { get; }

    /// <summary>The same ranks on a line of their own, so that two threads of each can talk at once. All call it together.</summary>
    ICommunicator Duplicate();

    /// <summary>Tells the others that this rank waits for one of them. Unlike all else it may be called by any thread, at any time, and by one rank alone.</summary>
    void TellWaiting();

    /// <summary>The others that have not said so: who they all wait for is among them.</summary>
    IReadOnlyList<int> Silent();

    /// <summary>Ends all ranks, whatever they do.</summary>
    /// <param name="code">The exit code of the job.</param>
    /// <param name="why">What users read.</param>
    void Abort(int code, string why);
}
