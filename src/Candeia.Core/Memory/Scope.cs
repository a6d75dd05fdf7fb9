namespace Candeia;

/// <summary>
/// Memory for a while: tensors made on this thread between <see cref="Begin"/> and <see cref="Dispose"/> give their memory back together at the end,
/// except those that were kept. An optimization, never a duty: without a scope the garbage collector does the same, later.
/// </summary>
/// <example><code>using var scope = Scope.Begin();</code></example>
public sealed class Scope : IDisposable
{
    [ThreadStatic] static Scope? s_current;
    [ThreadStatic] static Stack<List<Storage>>? s_spare;
    readonly Scope? _outer;
    List<Storage>? _storages;

    Scope(Scope? outer)
    {
        _outer = outer;
        _storages = s_spare is { Count: > 0 } ? s_spare.Pop() : [];
    }

    /// <summary>The scope that new tensors of this thread belong to.</summary>
    internal static Scope? Current => s_current;

    /// <summary>Whether <see cref="Dispose"/> has been called.</summary>
    internal bool Ended => _storages is null;

    /// <summary>The scope around this one.</summary>
    internal Scope? Outer => _outer;

    /// <summary>Opens a scope on this thread, inside the current one.</summary>
    public static Scope Begin() => s_current = new(s_current);

    /// <summary>Makes new tensors of this thread belong to another scope, or to none, until the result is disposed.</summary>
    internal static Switch Enter(Scope? scope) => new(scope);

    /// <summary>Makes a tensor belong to this scope, wherever it was made: its memory comes back at the end.</summary>
    public void Adopt(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.Storage.MoveTo(this);
    }

    /// <summary>Whether the end of this scope gives a tensor's memory back: it was made here, or adopted, and not kept.</summary>
    public bool Owns(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Storage.Scope == this;
    }

    /// <summary>Any thread may compute what was recorded in this scope.</summary>
    internal void Add(Storage storage)
    {
        lock (this) _storages?.Add(storage);
    }

    /// <summary>Ends the scope: its tensors are gone, and reading one throws.</summary>
    /// <exception cref="InvalidOperationException">A scope inside it is still open, or it was opened by another thread.</exception>
    public void Dispose()
    {
        if (_storages is not { } storages) return;
        if (s_current != this) throw new InvalidOperationException("Scopes end in the reverse order of their beginning, on the thread that began them.");
        Waiting.Drop(this);
        s_current = _outer;
        lock (this) _storages = null;
        foreach (var storage in storages)
            if (storage.HasReaders && storage.Scope == this) storage.PartFromReaders();      // those of other scopes
        foreach (var storage in storages)
            if (storage.Scope == this) storage.Release();
        storages.Clear();
        (s_spare ??= []).Push(storages);
    }

    internal readonly ref struct Switch
    {
        readonly Scope? _before;

        public Switch(Scope? scope)
        {
            _before = s_current;
            s_current = scope;
        }

        public void Dispose() => s_current = _before;
    }
}
