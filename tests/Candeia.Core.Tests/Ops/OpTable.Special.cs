namespace Candeia.Tests;

/// <summary>Special functions.</summary>
static partial class OpTable
{
    static Row[] SpecialFunctions =>
    [
        One("lgamma", x => x.Lgamma(), 0.3, 4), One("digamma", x => x.Digamma(), 0.5, 4), One("polygamma", x => x.Polygamma(2), 0.9, 4), One("multigammaln", x => x.Multigammaln(3), 1.6, 4),
        One("erfc", x => x.Erfc()), One("erfcx", x => x.Erfcx(), -1, 2), One("erfinv", x => x.Erfinv(), -0.8, 0.8), One("logit", x => x.Logit(), 0.2, 0.8), One("ndtr", x => x.Ndtr()),
        One("ndtri", x => x.Ndtri(), 0.2, 0.8), One("log_ndtr", x => x.LogNdtr()), One("entr", x => x.Entr(), 0.2, 3), One("sinc", x => x.Sinc(), 0.2, 2),
        One("i0", x => x.I0()), One("i0e", x => x.I0e()), One("i1", x => x.I1()), One("i1e", x => x.I1e()), One("bessel_j0", x => x.BesselJ0()), One("bessel_j1", x => x.BesselJ1()),
        One("bessel_y0", x => x.BesselY0(), 0.5, 3), One("bessel_y1", x => x.BesselY1(), 0.7, 3), One("modified_bessel_k0", x => x.ModifiedBesselK0(), 0.4, 3),
        One("modified_bessel_k1", x => x.ModifiedBesselK1(), 0.6, 3), One("scaled_modified_bessel_k0", x => x.ScaledModifiedBesselK0(), 0.4, 3),
        One("scaled_modified_bessel_k1", x => x.ScaledModifiedBesselK1(), 0.6, 3), One("spherical_bessel_j0", x => x.SphericalBesselJ0(), 0.4, 3), One("airy_ai", x => x.AiryAi(), smooth: false),
        One("gammainc", x => ((Tensor)1.5).Gammainc(x), 0.4, 2), One("gammaincc", x => ((Tensor)1.5).Gammaincc(x), 0.4, 2),
        One("zeta", x => ((Tensor)2.5).Zeta(x), 0.8, 2), Two("xlog1py", (a, b) => a.XLog1py(b), -0.5, 2),
    ];
}
