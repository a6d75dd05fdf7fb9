namespace Candeia.NN;

/// <summary>
/// Marks a tensor field or property of a module as state that is not trained, such as running statistics. A tensor without this mark must be a
/// parameter, made with <see cref="Parameter.Of(Tensor)"/>; any other is refused.
/// </summary>
/// <param name="persistent">Whether it is part of the state dict. Other buffers only move with the module.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class BufferAttribute(bool persistent = true) : Attribute
{
    /// <summary>Whether the buffer is part of the state dict.</summary>
    public bool Persistent { get; } = persistent;

    /// <summary>Whether the buffer stays on the CPU wherever the module goes, because the program itself reads it: a counter.</summary>
    public bool OnHost { get; init; }

    /// <summary>Whether a computation in a narrower type leaves the buffer in its own: statistics that many small steps move.</summary>
    public bool Precise { get; init; }
}
