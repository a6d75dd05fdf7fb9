using System.Diagnostics.CodeAnalysis;

namespace Candeia;

/// <summary>
/// The memory behind one or more tensors, on some device. A device derives its own kind from it; when the memory is given back is the library's affair:
/// at the end of a scope, on the way through a backward pass, or at last when the garbage collector finds that nobody holds it.
/// </summary>
/// <param name="device">Where the memory is.</param>
/// <param name="bytes">How much there is of it.</param>
public abstract class Storage(Device device, long bytes)
{
    int _version, _released;
    bool _isTold;

    /// <summary>Where the memory is.</summary>
    public Device Device { get; } = device;

    /// <summary>How many bytes it has.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Counts the writes after creation; autograd compares it to notice what has changed since it was recorded.</summary>
    public int Version => _version;

    /// <summary>Whether the memory has been given back.</summary>
    public bool IsReleased => Volatile.Read(ref _released) != 0;

    /// <summary>The scope that gives the memory back when it ends; none leaves that to the garbage collector.</summary>
    internal Scope? Scope { get; set; }

    /// <summary>How many gradients on their way through the graph lie in this storage.</summary>
    internal int Claims { get; set; }

    /// <summary>
    /// Gives the memory back to the device. Called once, perhaps by the thread of the finalizers, and also where the constructor of a derived type has
    /// thrown, so that there may be nothing yet.
    /// </summary>
    protected abstract void Free();

    /// <summary>Whether somebody writes to the memory who does not ask this: it is lent.</summary>
    internal virtual bool IsLent => false;

    /// <summary>Whether results wait that will read this memory, as they may on a device with chains.</summary>
    internal virtual bool HasReaders => false;

    /// <summary>Tells of a result that waits and will read this memory.</summary>
    internal virtual void AddReader(Lazy lazy) => throw new NotSupportedException($"Nothing waits on {Device}.");

    /// <summary>Hands over those that wait for what has just been computed here.</summary>
    internal virtual void TakeReaders(object? readers) => throw new NotSupportedException($"Nothing waits on {Device}.");

    /// <summary>What waits to be computed from this memory is computed now, or takes with it what it needs.</summary>
    internal virtual void PartFromReaders()
    {
    }

    /// <summary>The nodes whose results wait and will read this memory.</summary>
    internal virtual List<Node> Readers() => [];

    /// <summary>Counts a write that has been done on the way of a chain, which has stored what will be read of the values before.</summary>
    internal void Written() => _version++;

    /// <summary>Gives the memory back though results wait that would read it: nobody will ask for them.</summary>
    internal virtual void Forget() => Release();

    /// <summary>Gives the memory back at once; whoever still holds a tensor of it gets an exception.</summary>
    [SuppressMessage("Usage", "CA1816", Justification = "Release is this type's Dispose; users never call it.")]
    internal void Release()
    {
        PartFromReaders();
        GiveBack();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what nobody has given back earlier.</summary>
    ~Storage() => GiveBack();

    void GiveBack()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0) return;
        Free();
        if (_isTold) GC.RemoveMemoryPressure(Bytes);
    }

    /// <summary>Tells the garbage collector of memory that it cannot see: without that it would find no reason to look for what is forgotten.</summary>
    internal void TellCollector()
    {
        if (Bytes == 0) return;
        _isTold = true;
        GC.AddMemoryPressure(Bytes);
    }

    /// <summary>The one door for writing in place: what waits to be computed from the old values is computed first; if that fails, its reader is told, not the writer.</summary>
    internal void Write()
    {
        Waiting.Settle();
        PartFromReaders();
        _version++;
    }

    /// <summary>Leaves its scope for another, or for none, where the garbage collector gives the memory back.</summary>
    internal void MoveTo(Scope? scope)
    {
        if (Scope == scope) return;
        Scope = scope;
        scope?.Add(this);
    }

    /// <summary>Refuses to read or write memory that has been given back.</summary>
    internal void Check()
    {
        if (IsReleased) throw Gone();
    }

    private protected static ObjectDisposedException Gone() =>
        new(nameof(Tensor), "This tensor was made in a scope that has ended; call Keep() on it inside the scope to use it later.");
}
