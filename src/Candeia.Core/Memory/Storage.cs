namespace Candeia;

/// <summary>The memory behind one or more tensors, on some device.</summary>
public abstract class Storage(Device device, long bytes)
{
    int _version;

    /// <summary>Where the memory is.</summary>
    public Device Device { get; } = device;

    /// <summary>How many bytes it has.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Counts the writes after creation; autograd compares it to notice what has changed since it was recorded.</summary>
    public int Version => _version;

    /// <summary>The scope that gives the memory back when it ends; none leaves that to the garbage collector.</summary>
    internal Scope? Scope { get; set; }

    /// <summary>How many gradients on their way through the graph lie in this storage.</summary>
    internal int Claims { get; set; }

    /// <summary>Whether the memory has been given back.</summary>
    protected internal abstract bool IsReleased { get; }

    /// <summary>Gives the memory back at once; whoever still holds a tensor of it gets an exception.</summary>
    protected internal abstract void Release();

    /// <summary>The one door for writing in place: what waits to be computed from the old values is computed first; if that fails, its reader is told, not the writer.</summary>
    internal void Write()
    {
        Waiting.Settle();
        _version++;
    }

    /// <summary>Leaves its scope for another, or for none, where the garbage collector gives the memory back.</summary>
    internal void MoveTo(Scope? scope)
    {
        if (Scope == scope) return;
        Scope = scope;
        scope?.Add(this);
    }
}
