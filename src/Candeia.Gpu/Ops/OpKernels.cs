namespace Candeia.Gpu;

/// <summary>Runs an op on a device; false where it has no kernel for these operands.</summary>
internal delegate bool OpKernel(GpuDevice device, in OpCall call);

/// <summary>Which ops have kernels of their own. Those that have a formula need none: a map computes it.</summary>
internal static class OpKernels
{
    static readonly Dictionary<Type, OpKernel> s_kernels = new()
    {
        [typeof(CopyOp)] = Copies.Convert, [typeof(CopyIntoOp)] = Copies.Convert, [typeof(CatOp)] = Copies.Cat, [typeof(UnsliceOp)] = Copies.Unslice,
        [typeof(ArangeOp)] = Creation.Arange, [typeof(LinspaceOp)] = Creation.Linspace, [typeof(EyeOp)] = Creation.Eye,
        [typeof(UniformOp)] = Randoms.Uniform, [typeof(NormalOp)] = Randoms.Normal, [typeof(BernoulliOp)] = Randoms.Bernoulli, [typeof(RandintOp)] = Randoms.Randint,
        [typeof(SumOp)] = Reductions.Sum, [typeof(ProdOp)] = Reductions.Prod, [typeof(AmaxOp)] = Reductions.Extreme, [typeof(AminOp)] = Reductions.Extreme,
        [typeof(PowersOp)] = Reductions.Powers, [typeof(CountNonZeroOp)] = Reductions.CountNonZero, [typeof(ArgMaxOp)] = Reductions.ArgMax,
        [typeof(CumsumOp)] = Lines.Cumsum, [typeof(CumProdOp)] = Lines.CumProd, [typeof(LogCumSumExpOp)] = Lines.LogCumSumExp,
        [typeof(MatMulOp)] = Products.MatMul, [typeof(LinearOp)] = Products.Linear, [typeof(FusedLinearOp)] = Products.FusedLinear,
        [typeof(LinearGradientsOp)] = Products.LinearGradients, [typeof(Conv2dGradientsOp)] = Convolutions.Gradients, [typeof(AttentionGradientsOp)] = AttentionGradients.Run,
        [typeof(Conv2dOp)] = Convolutions.Forward, [typeof(FusedConv2dOp)] = Convolutions.Fused,
        [typeof(Conv2dInputGradientOp)] = Convolutions.InputGradient, [typeof(Conv2dWeightGradientOp)] = Convolutions.WeightGradient,
        [typeof(AvgPool2dOp)] = Pools.Average, [typeof(AvgPool2dGradientOp)] = Pools.AverageGradient,
        [typeof(MaxPool2dOp)] = Pools.Max, [typeof(MaxPool2dGradientOp)] = Pools.MaxGradient,
        [typeof(SoftmaxOp)] = Softmaxes.Forward, [typeof(SoftmaxGradientOp)] = Softmaxes.Gradient,
        [typeof(CrossEntropyOp)] = Losses.CrossEntropy, [typeof(CrossEntropyGradientOp)] = Losses.CrossEntropyGradient,
        [typeof(ChannelMomentsOp)] = BatchNorms.Moments,
        [typeof(BatchNormOp)] = BatchNorms.Forward, [typeof(FusedBatchNormOp)] = BatchNorms.Fused, [typeof(BatchNormGradientsOp)] = BatchNorms.Gradients, [typeof(RunningMomentsOp)] = BatchNorms.Running, [typeof(LayerNormOp)] = LayerNorms.Forward, [typeof(LayerNormGradientsOp)] = LayerNorms.Gradients,
        [typeof(GroupNormOp)] = GroupNorms.Forward, [typeof(AttentionOp)] = Attentions.Forward,
        [typeof(GatherOp)] = Indexing.Gather, [typeof(ScatterOp)] = Indexing.Scatter, [typeof(ScatterAddOp)] = Indexing.Scatter,
        [typeof(PickOp)] = Picking.Pick, [typeof(IndexPutOp)] = Picking.Put,
        [typeof(ScatterReduceOp)] = Indexing.Reduce,
        [typeof(FftOp)] = Fourier.Complexes, [typeof(RfftOp)] = Fourier.Real, [typeof(IrfftOp)] = Fourier.Half,
        [typeof(SortOp)] = Orders.Sort, [typeof(TopKOp)] = Orders.TopK, [typeof(KthValueOp)] = Orders.KthValue, [typeof(MedianOp)] = Orders.Median, [typeof(NanMedianOp)] = Orders.NanMedian,
        [typeof(ModeOp)] = Orders.Mode, [typeof(RowOrderOp)] = RowOrders.Run, [typeof(CtcOp)] = Ctc.Losses, [typeof(CtcGradientOp)] = Ctc.Gradients, [typeof(CumMaxOp)] = Orders.CumMax,
        [typeof(SearchSortedOp)] = Searches.Places, [typeof(NonZeroOp)] = Searches.NonZero, [typeof(BinCountOp)] = Searches.BinCount, [typeof(HistcOp)] = Searches.Histc,
        [typeof(LuFactorOp)] = SmallMatrices.LuFactor, [typeof(LuPermutationOp)] = SmallMatrices.LuPermutation, [typeof(LdlFactorOp)] = SmallMatrices.LdlFactor, [typeof(LdlSolveOp)] = SmallMatrices.LdlSolve,
        [typeof(SolveOp)] = SmallMatrices.Solve, [typeof(InvOp)] = SmallMatrices.Inv,
        [typeof(DetOp)] = SmallMatrices.Det, [typeof(SlogDetOp)] = SmallMatrices.SlogDet, [typeof(SolveTriangularOp)] = SmallMatrices.SolveTriangular, [typeof(CholeskyOp)] = SmallMatrices.Cholesky,
        [typeof(QrOp)] = SmallMatrices.Qr, [typeof(GeqrfOp)] = SmallMatrices.Geqrf, [typeof(EighOp)] = SmallMatrices.Eigh, [typeof(EigOp)] = SmallMatrices.Eig, [typeof(SvdOp)] = SmallMatrices.Svd, [typeof(PinvOp)] = SmallMatrices.Pinv,
        [typeof(MatrixExpOp)] = SmallMatrices.MatrixExp,
        [typeof(Unfold2dOp)] = Folds.Unfold, [typeof(Fold2dOp)] = Folds.Fold, [typeof(ResampleOp)] = Folds.Resample, [typeof(WindowPlacesOp)] = Folds.Places,
        [typeof(AdamStepOp)] = Updates.Adam, [typeof(SgdStepOp)] = Updates.Sgd, [typeof(BlendOp)] = Updates.Blend, [typeof(ScaleIntoOp)] = Updates.Scale,
    };

    /// <summary>Whether an op has a kernel of its own.</summary>
    public static bool Has(Op op) => s_kernels.ContainsKey(op.GetType());

    /// <summary>Runs the op of a call, if there is a kernel or a formula for it.</summary>
    public static bool TryRun(GpuDevice device, in OpCall call) =>
        s_kernels.TryGetValue(call.Op.GetType(), out var kernel) ? kernel(device, call) : Pointwise.TryRun(device, call);
}
