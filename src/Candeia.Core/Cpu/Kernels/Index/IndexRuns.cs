using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia.Kernels;

/// <summary>What is done between a run of a part and the elements of the whole that an index names.</summary>
internal unsafe interface IIndexRun<T> where T : unmanaged
{
    /// <summary>One run. Positions that are not smaller than <see cref="IndexRun{T}.Size"/> are left out and told.</summary>
    static abstract bool Run(in IndexRun<T> run);
}

/// <summary>Some neighbours: n elements of a part, of an index, and of a whole, each with a stride; and how far a position leads into the whole.</summary>
internal unsafe struct IndexRun<T> where T : unmanaged
{
    public T* Whole, Part;
    public long* Index;
    public long N, WholeStride, PartStride, IndexStride, Scale;
    public ulong Size;

    /// <summary>Whether the index names one place for the whole run, whose elements are neighbours there and in the part.</summary>
    public readonly bool IsBlock => IndexStride == 0 && WholeStride == 1 && PartStride == 1;

    /// <summary>Whether the elements of the part, of the index and of the line of the whole into which it leads are neighbours.</summary>
    public readonly bool IsLine => WholeStride == 0 && Scale == 1 && PartStride == 1 && IndexStride == 1;

    public readonly Span<T> WholeBlock => new(Whole + *Index * Scale, (int)N);

    public readonly Span<T> PartBlock => new(Part, (int)N);
}

/// <summary>The part is read from the whole.</summary>
internal readonly unsafe struct ReadRun<T> : IIndexRun<T> where T : unmanaged
{
    public static bool Run(in IndexRun<T> run)
    {
        var (n, ws, ps, si, scale, size) = (run.N, run.WholeStride, run.PartStride, run.IndexStride, run.Scale, run.Size);
        T* whole = run.Whole, part = run.Part;
        long* index = run.Index;
        if (run.IsBlock)
        {
            if ((ulong)*index >= size) return false;
            Neighbours.Copy((byte*)(whole + *index * scale), (byte*)part, (nint)n * sizeof(T));
            return true;
        }
        bool good = true;
        if (run.IsLine)
        {
            for (nint j = 0; j < (nint)n; j++)
                if ((ulong)index[j] < size) part[j] = whole[index[j]];
                else good = false;
            return good;
        }
        for (long j = 0; j < n; j++, whole += ws, part += ps, index += si)
        {
            long at = *index;
            if ((ulong)at < size) *part = whole[at * scale];
            else good = false;
        }
        return good;
    }
}

/// <summary>The part is written to the whole: of several that go to one place, the last stays.</summary>
internal readonly unsafe struct WriteRun<T> : IIndexRun<T> where T : unmanaged
{
    public static bool Run(in IndexRun<T> run)
    {
        var (n, ws, ps, si, scale, size) = (run.N, run.WholeStride, run.PartStride, run.IndexStride, run.Scale, run.Size);
        T* whole = run.Whole, part = run.Part;
        long* index = run.Index;
        if (run.IsBlock)
        {
            if ((ulong)*index >= size) return false;
            Neighbours.Copy((byte*)part, (byte*)(whole + *index * scale), (nint)n * sizeof(T));
            return true;
        }
        bool good = true;
        if (run.IsLine)
        {
            for (nint j = 0; j < (nint)n; j++)
                if ((ulong)index[j] < size) whole[index[j]] = part[j];
                else good = false;
            return good;
        }
        for (long j = 0; j < n; j++, whole += ws, part += ps, index += si)
        {
            long at = *index;
            if ((ulong)at < size) whole[at * scale] = *part;
            else good = false;
        }
        return good;
    }
}

/// <summary>The part is added to the whole, in the order of the index.</summary>
internal readonly unsafe struct AddRun<T> : IIndexRun<T> where T : unmanaged, INumberBase<T>
{
    public static bool Run(in IndexRun<T> run)
    {
        var (n, ws, ps, si, scale, size) = (run.N, run.WholeStride, run.PartStride, run.IndexStride, run.Scale, run.Size);
        T* whole = run.Whole, part = run.Part;
        long* index = run.Index;
        if (run.IsBlock)
        {
            if ((ulong)*index >= size) return false;
            var sum = run.WholeBlock;
            TensorPrimitives.Add(sum, run.PartBlock, sum);
            return true;
        }
        bool good = true;
        if (run.IsLine)
        {
            for (nint j = 0; j < (nint)n; j++)
                if ((ulong)index[j] < size) whole[index[j]] += part[j];
                else good = false;
            return good;
        }
        for (long j = 0; j < n; j++, whole += ws, part += ps, index += si)
        {
            long at = *index;
            if ((ulong)at < size) whole[at * scale] += *part;
            else good = false;
        }
        return good;
    }
}

/// <summary>Truth values are added: true if one is.</summary>
internal readonly unsafe struct OrRun : IIndexRun<byte>
{
    public static bool Run(in IndexRun<byte> run)
    {
        bool good = true;
        byte* whole = run.Whole, part = run.Part;
        long* index = run.Index;
        for (long j = 0; j < run.N; j++, whole += run.WholeStride, part += run.PartStride, index += run.IndexStride)
        {
            if ((ulong)*index < run.Size) whole[*index * run.Scale] |= *part;
            else good = false;
        }
        return good;
    }
}
