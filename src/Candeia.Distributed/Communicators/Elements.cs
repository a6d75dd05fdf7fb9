using System.Runtime.InteropServices;

namespace Candeia.Distributed;

/// <summary>Elements of messages.</summary>
internal static class Elements
{
    public static NotSupportedException Unknown(Type type) => new($"Ranks add up float, double, long and int, not {type.Name}.");

    /// <summary>The same elements under another name of their type.</summary>
    public static Span<TTo> Cast<TFrom, TTo>(this Span<TFrom> values) where TFrom : unmanaged where TTo : unmanaged => MemoryMarshal.Cast<TFrom, TTo>(values);
}
