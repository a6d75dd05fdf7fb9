namespace Candeia.Kernels;

/// <summary>Where each part begins when a length is cut as evenly as possible; the end of the last one follows as one more.</summary>
internal readonly struct Cut(nint length, nint parts)
{
    readonly nint _short = length / parts, _longer = length % parts;

    public nint this[nint part] => part * _short + Math.Min(part, _longer);
}
