/* The practical limit of one core: posteriors of one self-model under many settings of its evidence.

   Settings lie side by side in vector registers. Evidence is multiplied, and the exponent of the product is set aside
   after every GROUP facets, so that no logarithm is taken but the last. One division serves four identities. There is
   no certificate against underflow here, and no impossible value. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LANES 8
#define VECTORS 2                  /* in registers at once */
#define TILE (LANES * VECTORS)
#define TILES 4
#define BLOCK (TILE * TILES)       /* settings that share a pass through the tables */
#define GROUP 16

typedef double vec __attribute__((vector_size(8 * LANES)));
typedef int64_t ivec __attribute__((vector_size(8 * LANES)));
#define INLINE static inline __attribute__((always_inline))

/* P(what is said of facet d given h) for a tile: tables (D, H, V), said (D, V, BLOCK) */
INLINE void evidence(vec p[VECTORS], const double *table, const double *said, int V) {
  for (int r = 0; r < VECTORS; r++) p[r] = table[0] * *(const vec *)(said + r * LANES);
  for (int v = 1; v < V; v++)
    for (int r = 0; r < VECTORS; r++) p[r] += table[v] * *(const vec *)(said + v * BLOCK + r * LANES);
}

/* product *= evidence of facets d0 to d1, with its exponent set aside */
INLINE void multiply(double *product, int64_t *exponent, const double *tables, const double *said, int d0, int d1,
                     int H, int V) {
  for (int h = 0; h < H; h += 4)
    for (int t = 0; t < TILES; t++) {
      vec all[4][VECTORS];
      int n = H - h < 4 ? H - h : 4;
      for (int i = 0; i < 4; i++)
        for (int r = 0; r < VECTORS; r++) all[i][r] = (vec){} + 1.0;
      for (int d = d0; d < d1; d++)
        for (int i = 0; i < 4; i++) {
          vec p[VECTORS];
          int own = h + (i < n ? i : n - 1);
          evidence(p, tables + ((size_t)d * H + own) * V, said + (size_t)d * V * BLOCK + t * TILE, V);
          for (int r = 0; r < VECTORS; r++) all[i][r] *= p[r];
        }
      for (int i = 0; i < n; i++)
        for (int r = 0; r < VECTORS; r++) {
          size_t at = (size_t)(h + i) * BLOCK + t * TILE + r * LANES;
          vec now = *(vec *)(product + at) * all[i][r];
          ivec bits = (ivec)now;
          *(ivec *)(exponent + at) += (bits >> 52) - 1023;
          *(vec *)(product + at) = (vec)((bits & 0xfffffffffffffLL) | 0x3ff0000000000000LL);
        }
    }
}

/* P(value) of one facet: posterior / evidence, back through the same table */
INLINE void values(double *found, const double *table, const double *said, const double *posterior, int H, int V) {
  for (int t = 0; t < TILES; t++)
    for (int r = 0; r < VECTORS; r++) {
      const double *own = said + t * TILE + r * LANES;
      vec sum[V];
      for (int v = 0; v < V; v++) sum[v] = (vec){};
      int h = 0;
      for (; h + 4 <= H; h += 4) {
        vec p[4];
        for (int i = 0; i < 4; i++) {
          p[i] = table[(size_t)(h + i) * V] * *(const vec *)own;
          for (int v = 1; v < V; v++) p[i] += table[(size_t)(h + i) * V + v] * *(const vec *)(own + v * BLOCK);
        }
        vec p01 = p[0] * p[1], p23 = p[2] * p[3], one = 1.0 / (p01 * p23), of01 = one * p23, of23 = one * p01;
        const double *q = posterior + (size_t)h * BLOCK + t * TILE + r * LANES;
        vec share[4] = {of01 * p[1] * *(const vec *)q, of01 * p[0] * *(const vec *)(q + BLOCK),
                        of23 * p[3] * *(const vec *)(q + 2 * BLOCK), of23 * p[2] * *(const vec *)(q + 3 * BLOCK)};
        for (int i = 0; i < 4; i++)
          for (int v = 0; v < V; v++) sum[v] += table[(size_t)(h + i) * V + v] * share[i];
      }
      for (; h < H; h++) {
        vec p = table[(size_t)h * V] * *(const vec *)own;
        for (int v = 1; v < V; v++) p += table[(size_t)h * V + v] * *(const vec *)(own + v * BLOCK);
        vec share = *(const vec *)(posterior + (size_t)h * BLOCK + t * TILE + r * LANES) / p;
        for (int v = 0; v < V; v++) sum[v] += table[(size_t)h * V + v] * share;
      }
      for (int v = 0; v < V; v++)
        *(vec *)(found + v * BLOCK + t * TILE + r * LANES) = sum[v] * *(const vec *)(own + v * BLOCK);
    }
}

/* product and exponent of every identity become P(identity); the shift of log Z comes back */
static void normalised(double *product, int64_t *exponent, double *log_z, int H) {
  for (int n = 0; n < BLOCK; n++) {
    int64_t top = exponent[n];
    for (int h = 1; h < H; h++) top = exponent[h * BLOCK + n] > top ? exponent[h * BLOCK + n] : top;
    double total = 0;
    for (int h = 0; h < H; h++) {
      int64_t below = exponent[h * BLOCK + n] - top;
      union { int64_t bits; double number; } power = {below < -1022 ? 0 : (below + 1023) << 52};
      total += product[h * BLOCK + n] *= power.number;
    }
    for (int h = 0; h < H; h++) product[h * BLOCK + n] /= total;
    log_z[n] = log(total) + top * 0.69314718055994530942;
  }
}

typedef struct { double *said, *product, *found, *row; int64_t *exponent; } space;

INLINE void block(const double *prior, const double *tables, const double *u, int n, double *log_z,
                  double *identities, double *facets, space s, int H, int D, int V) {
  double shift[BLOCK] = {0}, log_sum[BLOCK];
  for (int i = 0; i < BLOCK; i++) {
    const double *own = u + (size_t)(i < n ? i : n - 1) * D * V;
    for (int d = 0; d < D; d++) {
      double top = own[d * V];
      for (int v = 1; v < V; v++) top = own[d * V + v] > top ? own[d * V + v] : top;
      shift[i] += top;
      for (int v = 0; v < V; v++) s.row[d * V + v] = own[d * V + v] - top;
    }
    for (int j = 0; j < D * V; j++) s.row[j] = exp(s.row[j]);
    for (int j = 0; j < D * V; j++) s.said[(size_t)j * BLOCK + i] = s.row[j];
  }
  for (int h = 0; h < H; h++)
    for (int i = 0; i < BLOCK; i++) s.product[h * BLOCK + i] = prior[h];
  memset(s.exponent, 0, sizeof(int64_t) * H * BLOCK);
  for (int d = 0; d < D; d += GROUP)
    multiply(s.product, s.exponent, tables, s.said, d, d + GROUP < D ? d + GROUP : D, H, V);
  normalised(s.product, s.exponent, log_sum, H);
  for (int d = 0; d < D; d++)
    values(s.found + (size_t)d * V * BLOCK, tables + (size_t)d * H * V, s.said + (size_t)d * V * BLOCK, s.product, H, V);
  for (int i = 0; i < n; i++) {
    log_z[i] = log_sum[i] + shift[i];
    for (int h = 0; h < H; h++) identities[(size_t)i * H + h] = s.product[h * BLOCK + i];
    for (int j = 0; j < D * V; j++) facets[(size_t)i * D * V + j] = s.found[(size_t)j * BLOCK + i];
  }
}

static void *room(size_t bytes) { return aligned_alloc(64, (bytes + 63) / 64 * 64); }

/* N settings: u (N, D, V) in nats; tables (D, H, V). 0 if all went well. */
int posteriors(long N, int H, int D, int V, const double *prior, const double *tables, const double *u,
               double *log_z, double *identities, double *facets) {
  size_t wide = sizeof(double) * BLOCK;
  space s = {room(wide * D * V), room(wide * H), room(wide * D * V), room(sizeof(double) * D * V), room(wide * H)};
  if (!s.said || !s.product || !s.found || !s.row || !s.exponent) return 1;
  for (long start = 0; start < N; start += BLOCK) {
    int n = N - start < BLOCK ? N - start : BLOCK;
#define RUN(values_of_a_facet)                                                                                     \
  block(prior, tables, u + (size_t)start * D * V, n, log_z + start, identities + (size_t)start * H,         \
        facets + (size_t)start * D * V, s, H, D, values_of_a_facet)
    switch (V) {
      case 2: RUN(2); break;
      case 3: RUN(3); break;
      case 4: RUN(4); break;
      case 8: RUN(8); break;
      default: RUN(V);
    }
  }
  free(s.said), free(s.product), free(s.found), free(s.row), free(s.exponent);
  return 0;
}

/* One setting, identities side by side: tables (D, V, H), space for (D + 1) H numbers. */
void one(int H, int D, int V, const double *prior, const double *tables, const double *u, double *space,
         double *log_z, double *identities, double *facets) {
  double *evidence = space, *product = space + (size_t)D * H, *joint = identities;
  double shift = 0, top, total = 0;
  for (int h = 0; h < H; h++) joint[h] = 0, product[h] = prior[h];
  for (int j = 0; j < D * V; j += V) {
    double most = u[j];
    for (int v = 1; v < V; v++) most = u[j + v] > most ? u[j + v] : most;
    shift += most;
    for (int v = 0; v < V; v++) facets[j + v] = u[j + v] - most;
  }
  for (int j = 0; j < D * V; j++) facets[j] = exp(facets[j]);
  for (int d = 0; d < D; d++) {
    double *own = evidence + (size_t)d * H;
    const double *table = tables + (size_t)d * V * H;
    for (int h = 0; h < H; h++) own[h] = facets[d * V] * table[h];
    for (int v = 1; v < V; v++)
      for (int h = 0; h < H; h++) own[h] += facets[d * V + v] * table[v * H + h];
    for (int h = 0; h < H; h++) product[h] *= own[h];
    if (d % GROUP == GROUP - 1 || d == D - 1)
      for (int h = 0; h < H; h++) joint[h] += log(product[h]), product[h] = 1;
  }
  top = joint[0];
  for (int h = 1; h < H; h++) top = joint[h] > top ? joint[h] : top;
  for (int h = 0; h < H; h++) total += joint[h] = exp(joint[h] - top);
  for (int h = 0; h < H; h++) joint[h] /= total;
  *log_z = top + log(total) + shift;
  for (int d = 0; d < D; d++) {
    const double *own = evidence + (size_t)d * H, *table = tables + (size_t)d * V * H;
    for (int h = 0; h < H; h++) product[h] = joint[h] / own[h];
    for (int v = 0; v < V; v++) {
      double sum = 0;
      for (int h = 0; h < H; h++) sum += product[h] * table[v * H + h];
      facets[d * V + v] *= sum;
    }
  }
}
