using System.Runtime.InteropServices;

namespace Candeia.Gpu.Tests;

/// <summary>cuDNN as functions of this process: what a convolution is described by is looked at, and it is computed here, as its definition says.</summary>
static unsafe class FakeCudnn
{
    const int BadParameter = 3, NotSupported = 9, Quick = 7, Large = 6, Fixed = 1;
    static readonly Dictionary<nint, int[]> s_made = [];
    static nint s_last = 2000;
    static bool s_hasStream;

    /// <summary>How many convolutions were computed, of each kind: results, gradients of images, of windows.</summary>
    public static int[] Convolutions { get; } = new int[3];

    /// <summary>How the last one was computed: 0 is with TF32 where the device has it, 3 without.</summary>
    public static int Math { get; private set; }

    /// <summary>Whether every way that is known gives other bits each time.</summary>
    public static bool KnowsNone { get; set; }

    /// <summary>What a convolution answers instead of being computed.</summary>
    public static int Error { get; set; }

    /// <summary>Descriptions that were not given back.</summary>
    public static int Kept => s_made.Count;

    public static CudnnApi Api()
    {
        (KnowsNone, Error, s_hasStream) = (false, 0, false);
        Array.Clear(Convolutions);
        s_made.Clear();
        return new(name => s_functions[name]);
    }

    [UnmanagedCallersOnly] static int Create(nint* handle) => (*handle = 6) == 6 ? 0 : 1;

    [UnmanagedCallersOnly]
    static int SetStream(nint handle, nint stream)
    {
        s_hasStream = handle == 6 && stream == FakeCuda.TheStream;
        return s_hasStream ? 0 : BadParameter;
    }

    [UnmanagedCallersOnly]
    static int Make(nint* made)
    {
        s_made[*made = ++s_last] = [];
        return 0;
    }

    [UnmanagedCallersOnly] static int Destroy(nint made) => s_made.Remove(made) ? 0 : BadParameter;

    [UnmanagedCallersOnly]
    static int SetTensor(nint made, int type, int n, int c, int h, int w, int sn, int sc, int sh, int sw)
    {
        s_made[made] = [type, n, c, h, w];
        return sc == 1 && sw == c && sh == c * w && sn == c * w * h ? 0 : NotSupported;
    }

    [UnmanagedCallersOnly]
    static int SetWindow(nint made, int type, int format, int k, int c, int h, int w)
    {
        s_made[made] = [type, k, c, h, w];
        return format == 1 ? 0 : NotSupported;
    }

    // Padding, stride, dilation of height and width; then the type, the rounding and the groups.
    [UnmanagedCallersOnly]
    static int SetConvolution(nint made, int ph, int pw, int sh, int sw, int dh, int dw, int mode, int type)
    {
        s_made[made] = [ph, pw, sh, sw, dh, dw, type, -1, 1];
        return mode == 1 ? 0 : NotSupported;
    }

    [UnmanagedCallersOnly]
    static int SetMath(nint made, int math)
    {
        s_made[made][7] = math;
        return math is 0 or 3 ? 0 : BadParameter;
    }

    [UnmanagedCallersOnly]
    static int SetGroups(nint made, int groups)
    {
        s_made[made][8] = groups;
        return 0;
    }

    // Faster ones come first: one that sums in any order, one that needs too much room, and then one that will do.
    [UnmanagedCallersOnly]
    static int Choose(nint handle, nint first, nint second, nint convolution, nint result, int most, int* found, CudnnWay* ways)
    {
        if (handle != 6 || !s_hasStream || sizeof(CudnnWay) != 48 || most < 3) return BadParameter;
        ways[0] = new() { Way = Quick, IsFixed = 0, Math = 3 };
        ways[1] = new() { Way = Large, IsFixed = 1, Workspace = (nuint)1 << 40 };
        ways[2] = new() { Way = Fixed, IsFixed = 1, Workspace = 4096 };
        *found = KnowsNone ? 2 : 3;
        return 0;
    }

    [UnmanagedCallersOnly]
    static int Forward(nint handle, void* alpha, nint x, nint px, nint w, nint pw, nint c, int way, nint room, nuint size, void* beta, nint y, nint py) =>
        Run(0, alpha, (x, px), (w, pw), (y, py), c, way, room, size, beta);

    [UnmanagedCallersOnly]
    static int Images(nint handle, void* alpha, nint w, nint pw, nint y, nint py, nint c, int way, nint room, nuint size, void* beta, nint x, nint px) =>
        Run(1, alpha, (x, px), (w, pw), (y, py), c, way, room, size, beta);

    [UnmanagedCallersOnly]
    static int Window(nint handle, void* alpha, nint x, nint px, nint y, nint py, nint c, int way, nint room, nuint size, void* beta, nint w, nint pw) =>
        Run(2, alpha, (x, px), (w, pw), (y, py), c, way, room, size, beta);

    static int Run(int kind, void* alpha, (nint, nint At) x, (nint, nint At) w, (nint, nint At) y, nint convolution, int way, nint room, nuint size, void* beta)
    {
        if (Error != 0) return Error;
        int[] images = s_made[x.Item1], window = s_made[w.Item1], result = s_made[y.Item1], c = s_made[convolution];
        bool isDouble = c[6] == 1;
        if (way != Fixed || size != 4096 || room == 0 || images[0] != c[6] || window[0] != c[6] || result[0] != c[6]) return BadParameter;
        if ((isDouble ? *(double*)alpha : *(float*)alpha) != 1 || (isDouble ? *(double*)beta : *(float*)beta) != 0) return BadParameter;
        var (n, channels, height, width, o, own, kh, kw, oh, ow, groups) = (images[1], images[2], images[3], images[4], window[1], window[2], window[3], window[4], result[3], result[4], c[8]);
        if (own * groups != channels || result[1] != n || result[2] != o) return BadParameter;
        FakeCuda.Do(() =>
        {
            double[] a = FakeCuda.Values(x.At, (long)n * channels * height * width, isDouble), b = FakeCuda.Values(w.At, (long)o * own * kh * kw, isDouble), z = FakeCuda.Values(y.At, (long)n * o * oh * ow, isDouble);
            double[] made = kind switch { 0 => z, 1 => a, _ => b };
            Array.Clear(made);
            for (int i = 0; i < n; i++) for (int f = 0; f < o; f++) for (int p = 0; p < oh; p++) for (int q = 0; q < ow; q++)
                for (int k = 0; k < own; k++) for (int u = 0; u < kh; u++) for (int v = 0; v < kw; v++)
                {
                    int h = p * c[2] - c[0] + u * c[4], s = q * c[3] - c[1] + v * c[5];
                    if (h < 0 || h >= height || s < 0 || s >= width) continue;
                    int at = ((i * height + h) * width + s) * channels + f / (o / groups) * own + k, tap = ((f * kh + u) * kw + v) * own + k, to = ((i * oh + p) * ow + q) * o + f;
                    if (kind == 0) z[to] += a[at] * b[tap];
                    else if (kind == 1) a[at] += b[tap] * z[to];
                    else b[tap] += a[at] * z[to];
                }
            FakeCuda.Put(kind switch { 0 => y.At, 1 => x.At, _ => w.At }, made, isDouble);
            Convolutions[kind]++;
            Math = c[7];
        });
        return 0;
    }

    static readonly Dictionary<string, nint> s_functions = new()
    {
        ["cudnnCreate"] = (nint)(delegate* unmanaged<nint*, int>)&Create, ["cudnnSetStream"] = (nint)(delegate* unmanaged<nint, nint, int>)&SetStream,
        ["cudnnCreateTensorDescriptor"] = (nint)(delegate* unmanaged<nint*, int>)&Make, ["cudnnCreateFilterDescriptor"] = (nint)(delegate* unmanaged<nint*, int>)&Make,
        ["cudnnCreateConvolutionDescriptor"] = (nint)(delegate* unmanaged<nint*, int>)&Make, ["cudnnDestroyTensorDescriptor"] = (nint)(delegate* unmanaged<nint, int>)&Destroy,
        ["cudnnDestroyFilterDescriptor"] = (nint)(delegate* unmanaged<nint, int>)&Destroy, ["cudnnDestroyConvolutionDescriptor"] = (nint)(delegate* unmanaged<nint, int>)&Destroy,
        ["cudnnSetTensor4dDescriptorEx"] = (nint)(delegate* unmanaged<nint, int, int, int, int, int, int, int, int, int, int>)&SetTensor,
        ["cudnnSetFilter4dDescriptor"] = (nint)(delegate* unmanaged<nint, int, int, int, int, int, int, int>)&SetWindow,
        ["cudnnSetConvolution2dDescriptor"] = (nint)(delegate* unmanaged<nint, int, int, int, int, int, int, int, int, int>)&SetConvolution,
        ["cudnnSetConvolutionMathType"] = (nint)(delegate* unmanaged<nint, int, int>)&SetMath, ["cudnnSetConvolutionGroupCount"] = (nint)(delegate* unmanaged<nint, int, int>)&SetGroups,
        ["cudnnGetConvolutionForwardAlgorithm_v7"] = (nint)(delegate* unmanaged<nint, nint, nint, nint, nint, int, int*, CudnnWay*, int>)&Choose,
        ["cudnnGetConvolutionBackwardDataAlgorithm_v7"] = (nint)(delegate* unmanaged<nint, nint, nint, nint, nint, int, int*, CudnnWay*, int>)&Choose,
        ["cudnnGetConvolutionBackwardFilterAlgorithm_v7"] = (nint)(delegate* unmanaged<nint, nint, nint, nint, nint, int, int*, CudnnWay*, int>)&Choose,
        ["cudnnConvolutionForward"] = (nint)(delegate* unmanaged<nint, void*, nint, nint, nint, nint, nint, int, nint, nuint, void*, nint, nint, int>)&Forward,
        ["cudnnConvolutionBackwardData"] = (nint)(delegate* unmanaged<nint, void*, nint, nint, nint, nint, nint, int, nint, nuint, void*, nint, nint, int>)&Images,
        ["cudnnConvolutionBackwardFilter"] = (nint)(delegate* unmanaged<nint, void*, nint, nint, nint, nint, nint, int, nint, nuint, void*, nint, nint, int>)&Window,
    };
}
