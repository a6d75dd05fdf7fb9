namespace Candeia;

/// <summary>
/// The memory of a call's operands, held until the device has been told of the call: before that the garbage collector gives none of it back, also
/// where
/// another thread moves a tensor to other memory meanwhile.
/// </summary>
internal readonly ref struct Held : IDisposable
{
    [ThreadStatic] static List<Storage>? s_held;                             // those of calls within calls follow behind
    readonly List<Storage> _held;
    readonly int _before;

    Held(List<Storage> held) => (_held, _before) = (held, held.Count);

    /// <summary>Holds the memory of inputs and outputs.</summary>
    public static Held Of(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        var held = new Held(s_held ??= []);
        foreach (var tensor in inputs) held._held.Add(tensor.Storage);
        foreach (var tensor in outputs) held._held.Add(tensor.Storage);
        return held;
    }

    /// <summary>Holds memory that bytes are copied from or to.</summary>
    public static Held Of(params ReadOnlySpan<Storage> memory)
    {
        var held = new Held(s_held ??= []);
        held._held.AddRange(memory);
        return held;
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => _held.RemoveRange(_before, _held.Count - _before);
}
