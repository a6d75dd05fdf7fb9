namespace Candeia.Tests;

/// <summary>Functions that are made of several ops: without a gradient, what lies between is given back as soon as the result is there, and not when the caller's scope ends.</summary>
[Collection(nameof(ThreadCount))]
public sealed class GivenBackTests : IDisposable
{
    readonly ThreadCount _one = new(1);

    public void Dispose() => _one.Dispose();

    static readonly Tensor s_rows = Tensor.Rand([1000, 1000], generator: new Generator(1)), s_others = Tensor.Rand([1000, 1000], generator: new Generator(2)), s_few = s_rows[..200].Contiguous(),
        s_row = s_rows.Flatten(), s_mask = s_rows > 0.5, s_many = Tensor.Rand([20, 50, 1000], generator: new Generator(3));

    static readonly Dictionary<string, Func<Tensor[]>> s_compositions = new()
    {
        ["quantile"] = () => [s_row.Quantile(0.3)], ["quantile of rows"] = () => [s_rows.Quantile(0.3, 1)], ["nanquantile"] = () => [s_row.NanQuantile(0.3)],
        ["cosine_similarity"] = () => [s_rows.CosineSimilarity(s_others)], ["pairwise_distance"] = () => [s_rows.PairwiseDistance(s_others)], ["normalize"] = () => [s_rows.Normalize()],
        ["cdist"] = () => [s_few.CDist(s_few)], ["cdist of few"] = () => [s_rows[..20].CDist(s_rows[..20])], ["cdist by absolute values"] = () => [s_few.CDist(s_few, 1)], ["pdist"] = () => [s_few.PDist()],
        ["dist"] = () => [s_rows.Dist(s_others)], ["renorm"] = () => [s_rows.Renorm(2, 0, 1)], ["nansum"] = () => [s_rows.NanSum()], ["nanmean"] = () => [s_rows.NanMean([1])],
        ["std_mean"] = () => { var (a, b) = s_rows.StdMean([1]); return [a, b]; }, ["logsumexp"] = () => [s_rows.LogSumExp([1])], ["cov"] = () => [s_few.Cov()],
        ["gumbel_softmax"] = () => [s_rows.GumbelSoftmax()], ["gumbel_softmax, hard"] = () => [s_rows.GumbelSoftmax(hard: true)], ["sparsemax"] = () => [s_rows.Sparsemax()],
        ["isin"] = () => [s_row.IsIn(s_others.Flatten())], ["masked_scatter"] = () => [s_rows.MaskedScatter(s_mask, s_others)],
        ["masked_select"] = () => [s_rows.MaskedSelect(s_mask)],
        ["local_response_norm"] = () => [s_many.LocalResponseNorm(5)], ["lp_pool"] = () => [s_many.LpPool1d(2, 4)],
        ["stft"] = () => [Fourier.Stft(s_row, 64)], ["tensordot"] = () => [s_rows.TensorDot(s_others, 1)], ["kron"] = () => [s_few.Kron(Tensor.Ones([2, 2]))],
        ["einsum"] = () => [Tensor.Einsum("ij,kj->ik", [s_few, s_few])], ["index_add"] = () => [s_few.IndexAdd(0, Tensor.Arange(200), s_few)],
        ["cross"] = () => [s_rows[.., ..3].Cross(s_others[.., ..3])], ["vander"] = () => [s_rows[0].Vander(200)],
        ["interpolate"] = () => [s_many.Interpolate([500], Interpolation.Linear)], ["pad, mirrored"] = () => [s_many.Pad([3, 3], PaddingMode.Reflect)], ["unfold"] = () => [s_many.Unsqueeze(1).Unfold2d(3)],
    };

    public static TheoryData<string> Names => [.. s_compositions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void What_lies_between_is_given_back_with_the_result(string name)
    {
        using var seeded = Generator.Use(new(1));
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        long before = MemoryPool.BytesInUse;
        Tensor[] results = s_compositions[name]();
        foreach (var y in results) y.Settle();
        long held = MemoryPool.BytesInUse - before;
        long own = results.Sum(y => y.Storage.Bytes);
        Assert.True(held <= 1.25 * own + 100_000, $"{held} bytes are held, {own} by results.");
    }
}
