#include "/work/main/src/vectorise/smooth_ring.cpp"
#include <cstdio>
using namespace plotwatch::vectorise; using namespace plotwatch;
int main(){ Corners c{{0,0},{0,20},{30,20},{30,2},{15,2},{15,1},{7,1},{7,0}};
 auto g=gates_of(c); auto p=straightened(g); printf("%zu gates %zu points area %.3f wanted %.1f\n",g.size(),p.size(),area_of(drawn(g,p,0)),twice_area(c)/2.);
 for(auto&x:p){auto q=g[x.gate].at(x.t);printf("gate %zu t %.3f (%.3f %.3f)\n",x.gate,x.t,q.x,q.y);} printf("pass %d\n",(int)passes_all(drawn(g,p,0),g,p)); auto r=smooth_ring(c); printf("%zu\n",r.size());}
