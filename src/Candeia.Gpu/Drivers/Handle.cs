namespace Candeia.Gpu;

/// <summary>Something that a driver has made and knows by a number: memory, or a kernel. Only drivers look into it.</summary>
internal readonly record struct Handle(nint Value)
{
    public bool IsNone => Value == 0;

    /// <summary>As a number that threads can exchange.</summary>
    public long Number => Value;

    /// <summary>The same once more, from its number.</summary>
    public static Handle Of(long number) => new((nint)number);
}
