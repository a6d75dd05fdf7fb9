using System.Runtime.Intrinsics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>Elements at a distance to neighbours, and back; such as are only stored are widened and rounded on the way.</summary>
internal static unsafe class Gather
{
    const int Near = 1 << 10;                                                // elements that stay in the first cache

    /// <summary>Elements of one size, <paramref name="stride"/> bytes from each other, to neighbours.</summary>
    public static void Run(byte* from, long stride, byte* to, int n, int size)
    {
        switch (size)
        {
            case 1: Run<byte>(from, stride, to, n); break;
            case 2: Run<short>(from, stride, to, n); break;
            case 4: Run<int>(from, stride, to, n); break;
            case 8: Run<long>(from, stride, to, n); break;
            case 16: Run<Int128>(from, stride, to, n); break;
            case var other: throw Odd(other);
        }
    }

    /// <summary>Neighbours to elements of one size, <paramref name="stride"/> bytes from each other.</summary>
    public static void Back(byte* from, byte* to, long stride, int n, int size)
    {
        switch (size)
        {
            case 1: Back<byte>(from, to, stride, n); break;
            case 2: Back<short>(from, to, stride, n); break;
            case 4: Back<int>(from, to, stride, n); break;
            case 8: Back<long>(from, to, stride, n); break;
            case 16: Back<Int128>(from, to, stride, n); break;
            case var other: throw Odd(other);
        }
    }

    /// <summary>The same for elements that are only stored: they arrive widened.</summary>
    public static void Widened(byte* from, long stride, byte* to, int n, DType stored, byte* spare)
    {
        int size = stored.Size();
        if (stride != size) Run(from, stride, spare, n, size);
        Narrow.Widen(stored, stride == size ? from : spare, to, n);
    }

    /// <summary>The same for elements that are only stored: wide ones are rounded.</summary>
    public static void BackRounded(byte* from, byte* to, long stride, int n, DType stored, byte* spare)
    {
        int size = stored.Size();
        Narrow.Round(stored, from, stride == size ? to : spare, n);
        if (stride != size) Back(spare, to, stride, n, size);
    }

    static void Run<T>(byte* from, long stride, byte* to, int n) where T : unmanaged
    {
        if (stride == 0) Neighbours.Fill(*(T*)from, (T*)to, n);
        else if (stride == -sizeof(T))
        {
            T* last = (T*)from + 1;
            int done = Vector512.IsHardwareAccelerated ? Turned(last, (T*)to, n) : 0;
            for (int some; done < n; done += some)                           // what is copied is turned, by registers, while it is near
            {
                some = Math.Min(Near, n - done);
                Span<T> part = new((T*)to + done, some);
                Neighbours.Copy((byte*)(last - done - some), to + (nint)done * sizeof(T), (nint)some * sizeof(T));
                part.Reverse();
            }
        }
        else for (int i = 0; i < n; i++) ((T*)to)[i] = *(T*)(from + i * stride);
    }

    // Elements before an end, the last one first; as many as fill registers, if a register of their size can be turned at once.
    static int Turned<T>(T* end, T* to, int n) where T : unmanaged
    {
        int done = 0;
        if (sizeof(T) == 4)
            for (; done <= n - 16; done += 16)
                Vector512.Shuffle(Vector512.Load((uint*)(end - done - 16)), Vector512.Create(15u, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)).Store((uint*)(to + done));
        else if (sizeof(T) == 8)
            for (; done <= n - 8; done += 8)
                Vector512.Shuffle(Vector512.Load((ulong*)(end - done - 8)), Vector512.Create(7ul, 6, 5, 4, 3, 2, 1, 0)).Store((ulong*)(to + done));
        return done;
    }

    static void Back<T>(byte* from, byte* to, long stride, int n) where T : unmanaged
    {
        for (int i = 0; i < n; i++) *(T*)(to + i * stride) = ((T*)from)[i];
    }

    static NotSupportedException Odd(int size) => new($"No elements are moved that have {size} bytes.");
}
