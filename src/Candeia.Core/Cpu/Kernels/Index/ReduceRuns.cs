using System.Numerics;

namespace Candeia.Kernels;

/// <summary>What two numbers become that come to one place.</summary>
internal interface IMeeting<T> where T : unmanaged
{
    static abstract T Of(T there, T next);
}

/// <summary>Their product.</summary>
internal readonly struct MultiplyMeeting<T> : IMeeting<T> where T : unmanaged, INumberBase<T>
{
    public static T Of(T there, T next) => there * next;
}

/// <summary>The larger; not-a-number if one is.</summary>
internal readonly struct LargerMeeting<T> : IMeeting<T> where T : unmanaged, INumber<T>
{
    public static T Of(T there, T next) => T.Max(there, next);
}

/// <summary>The smaller; not-a-number if one is.</summary>
internal readonly struct SmallerMeeting<T> : IMeeting<T> where T : unmanaged, INumber<T>
{
    public static T Of(T there, T next) => T.Min(there, next);
}

/// <summary>The part meets the whole, in the order of the index.</summary>
internal readonly unsafe struct MeetingRun<T, TMeeting> : IIndexRun<T> where T : unmanaged where TMeeting : struct, IMeeting<T>
{
    public static bool Run(in IndexRun<T> run)
    {
        var (n, ws, ps, si, scale, size) = (run.N, run.WholeStride, run.PartStride, run.IndexStride, run.Scale, run.Size);
        T* whole = run.Whole, part = run.Part;
        long* index = run.Index;
        bool good = true;
        for (long j = 0; j < n; j++, whole += ws, part += ps, index += si)
        {
            long at = *index;
            if ((ulong)at < size) whole[at * scale] = TMeeting.Of(whole[at * scale], *part);
            else good = false;
        }
        return good;
    }
}
