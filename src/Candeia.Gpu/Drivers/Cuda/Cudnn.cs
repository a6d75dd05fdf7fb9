namespace Candeia.Gpu;

/// <summary>
/// Convolutions by cuDNN, of float32 and float64 that lie channels last. Only ways that give the same bits each time are taken. A convolution that has been prepared is known by a number below those
/// of products.
/// </summary>
internal sealed unsafe class Cudnn
{
    /// <summary>Above this are the numbers of products.</summary>
    public const long Above = -(1L << 30);

    const int Float = 0, Double = 1, ChannelsLast = 1, CrossCorrelation = 1, AnyMath = 0, ExactMath = 3, MostWays = 16;
    const int Workspace = 128 << 20;

    sealed record Plan(ConvolutionKind Kind, nint First, nint Second, nint Convolution, nint Result, int Way, nuint Workspace, bool IsDouble);

    readonly CudnnApi _api;
    readonly nint _handle;
    readonly Func<long, nint> _allocate;
    readonly Dictionary<ConvolutionShape, Handle> _known = [];
    readonly List<Plan> _plans = [];
    nint _workspace;

    Cudnn(CudnnApi api, nint handle, Func<long, nint> allocate) => (_api, _handle, _allocate) = (api, handle, allocate);

    /// <summary>The library, if it is there and begins.</summary>
    public static Cudnn? Of(CudnnApi? api, nint stream, Func<long, nint> allocate)
    {
        nint handle;
        return api is not null && api.Create(&handle) == 0 && api.SetStream(handle, stream) == 0 ? new(api, handle, allocate) : null;
    }

    /// <summary>Prepares a convolution; none where the library knows no way.</summary>
    public Handle Prepare(in ConvolutionShape shape)
    {
        if (_known.TryGetValue(shape, out var known)) return known;
        var plan = Make(shape);
        if (plan is not null)
        {
            _plans.Add(plan);
            if (_workspace == 0 && plan.Workspace > 0) _workspace = _allocate(Workspace);
        }
        return _known[shape] = plan is null ? default : new((nint)(Above - _plans.Count));
    }

    Plan? Make(in ConvolutionShape x)
    {
        bool isDouble = x.DType == DType.Float64;
        int type = isDouble ? Double : Float;
        nint images = 0, window = 0, result = 0, convolution = 0;
        try
        {
            int error = Tensor(&images, type, x.Images) | Tensor(&result, type, x.Result) | _api.CreateWindow(&window) | _api.CreateConvolution(&convolution);
            if (error != 0) return null;
            var c = x.Geometry;
            error = _api.SetWindow(window, type, ChannelsLast, x.Window[0], x.Window[1], x.Window[2], x.Window[3])
                | _api.SetConvolution(convolution, c.Padding.Height, c.Padding.Width, c.Stride.Height, c.Stride.Width, c.Dilation.Height, c.Dilation.Width, CrossCorrelation, type)
                | _api.SetMath(convolution, x.IsCoarse ? AnyMath : ExactMath) | _api.SetGroups(convolution, c.Groups);
            if (error != 0) return null;
            var (first, second, made) = x.Kind switch { ConvolutionKind.Forward => (images, window, result), ConvolutionKind.Images => (window, result, images), _ => (images, result, window) };
            CudnnWay* ways = stackalloc CudnnWay[MostWays];
            int found = 0;
            if (_api.Choose(x.Kind)(_handle, first, second, convolution, made, MostWays, &found, ways) != 0) return null;
            for (int i = 0; i < found; i++)
            {
                if (ways[i].Error != 0 || ways[i].IsFixed != 1 || ways[i].Workspace > Workspace) continue;
                images = window = result = 0;
                var plan = new Plan(x.Kind, first, second, convolution, made, ways[i].Way, ways[i].Workspace, isDouble);
                convolution = 0;
                return plan;
            }
            return null;
        }
        finally
        {
            foreach (nint tensor in (ReadOnlySpan<nint>)[images, result]) if (tensor != 0) _ = _api.DestroyTensor(tensor);
            if (window != 0) _ = _api.DestroyWindow(window);
            if (convolution != 0) _ = _api.DestroyConvolution(convolution);
        }
    }

    int Tensor(nint* made, int type, Shape x)
    {
        if (_api.CreateTensor(made) is not 0 and var error) return error;
        var (channels, height, width) = (x[1], x[2], x[3]);
        return _api.SetTensor(*made, type, x[0], channels, height, width, channels * height * width, 1, channels * width, channels);
    }

    /// <summary>Computes a convolution that has been prepared; its arguments are the addresses of both operands and the result, and where they begin there, in bytes. What the library answers.</summary>
    public int Run(Handle prepared, Arguments arguments)
    {
        var plan = _plans[(int)(Above - prepared.Value) - 1];
        double one = 1, zero = 0;
        float oneF = 1, zeroF = 0;
        return _api.Run(plan.Kind)(_handle, plan.IsDouble ? &one : &oneF, plan.First, CublasLt.Place(arguments, 0), plan.Second, CublasLt.Place(arguments, 1), plan.Convolution, plan.Way,
            _workspace, plan.Workspace, plan.IsDouble ? &zero : &zeroF, plan.Result, CublasLt.Place(arguments, 2));
    }
}
