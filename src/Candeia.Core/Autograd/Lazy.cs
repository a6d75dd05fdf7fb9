namespace Candeia;

/// <summary>
/// What is to be known of a node whose op waits to be part of a chain, as long as its result has not been computed. What it reads keeps these, which hold
/// the node weakly: a result that nobody reads is never computed.
/// </summary>
internal sealed class Lazy(Node node) : WeakReference(node)
{
    object? _readers;

    /// <summary>Where the result will be.</summary>
    public Device Device { get; } = node.Device;

    /// <summary>How many ops its result consists of, this one included, and what an element of it costs.</summary>
    public int Steps { get; set; } = 1;

    public int Effort { get; set; }

    /// <summary>How many nodes that wait, or have waited, read the result.</summary>
    public int Uses { get; set; }

    /// <summary>Whether a backward pass will read the result.</summary>
    public bool IsKept { get; set; }

    /// <summary>How many gradients on their way through the graph are this result.</summary>
    public int Claims { get; set; }

    /// <summary>Those that read the result.</summary>
    public ref object? Readers => ref _readers;

    /// <summary>The node, if somebody may still ask for its result.</summary>
    public Node? Alive => Target is Node node && node.Output.IsPending && !node.HasEnded ? node : null;

    /// <summary>Adds one to the readers of some memory, of which most have a few; the caller locks them.</summary>
    public static void Add(ref object? readers, Lazy lazy)
    {
        if (readers is null || readers is Lazy { Alive: null }) readers = lazy;
        else if (readers is Lazy other)
        {
            if (other != lazy) readers = new List<Lazy>(4) { other, lazy };
        }
        else
        {
            var all = (List<Lazy>)readers;
            if (all.Count == all.Capacity) all.RemoveAll(static l => l.Alive is null);
            if (!all.Contains(lazy)) all.Add(lazy);
        }
    }

    /// <summary>Makes all readers independent of memory that is about to change or to be given back. A failure is for who reads the result.</summary>
    public static void Part(object? readers, Storage from)
    {
        if (readers is Lazy one) one.Part(from);
        else if (readers is List<Lazy> all) foreach (var lazy in all) lazy.Part(from);
    }

    void Part(Storage from)
    {
        try
        {
            Alive?.Part(from);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
        }
    }
}
